/** The model card: what this model is, what it was trained on, what it cannot do. Markdown. */
import type { ExportFacts } from '../export-facts.ts';

/** Text that people typed, harmless inside a Markdown table. */
export function markdownText(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|!]/g, '\\$&').replace(/\s+/g, ' ');
}

export function modelCard(facts: ExportFacts): string {
  const { pipeline, training } = facts;
  const total = training.photosPerClass.reduce((sum, { validation }) => sum + validation, 0);
  const accuracy = training.validationAccuracy;
  const measured =
    accuracy === null
      ? 'Not measured: there were no validation photos.'
      : `${(100 * accuracy).toFixed(1)} % of ${total} validation photos right. These photos chose the epoch too, so expect a little less on new ones.`;
  const rows = pipeline.classes.map((name, i) => {
    const { train = 0, validation = 0 } = training.photosPerClass[i] ?? {};
    return `| ${markdownText(name)} | ${train} | ${validation} |`;
  });
  const settings = Object.entries(training.settings).map(([key, value]) => `| ${key} | ${value} |`);
  return `# ${markdownText(facts.projectName)}

An image classifier made with Headstart ${facts.appVersion} on ${facts.date}: a frozen pretrained
network (the backbone) and a small head trained on the photos counted below.

| class | training photos | validation photos |
| --- | ---: | ---: |
${rows.join('\n')}

**How good:** ${measured}

**Backbone:** ${markdownText(pipeline.backbone.name)} (${markdownText(facts.backbonePublisher)}, ${markdownText(facts.backboneLicence)}),
weights SHA-256 \`${pipeline.backbone.weightsSha256}\`.

**Limits:** it always compares with these classes and knows nothing else. Photos unlike the training
photos (other light, other background, other camera) are answered with less reason than the
percentage suggests. Do not use it where a wrong answer can hurt somebody.

## Training

Best epoch ${training.bestEpoch} of ${training.epochs}.

| setting | value |
| --- | --- |
${settings.join('\n')}
`;
}
