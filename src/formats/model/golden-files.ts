/** What every export carries in common: pipeline, names, card, golden pictures. */
import { goldenPixels } from '../../domain/golden-images.ts';
import { EQUAL_TOLERANCE, jsonFile, textFile, type ExportFacts } from './export-facts.ts';
import { writePng } from './png-writer.ts';
import { modelCard } from './texts/model-card.ts';

/** One name a line, so a line break inside a name becomes a space. */
export function labelsText(classes: readonly string[]): string {
  return classes.map((name) => `${name.replace(/\s+/g, ' ')}\n`).join('');
}

export function describingFiles(facts: ExportFacts): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map([
    ['pipeline.json', jsonFile(facts.pipeline)],
    ['labels.txt', textFile(labelsText(facts.pipeline.classes))],
    ['MODEL-CARD.md', textFile(modelCard(facts))],
  ]);
}

export function goldenFiles(facts: ExportFacts): Map<string, Uint8Array<ArrayBuffer>> {
  const { size } = facts.pipeline.square;
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const pictures = facts.golden.map((probabilities, i) => {
    const file = `golden-${i + 1}.png`;
    files.set(`golden/${file}`, writePng(goldenPixels(size, i), size, size));
    return { file, probabilities };
  });
  const { classes } = facts.pipeline;
  const table = { tolerance: EQUAL_TOLERANCE, classes, pictures };
  files.set('golden/golden.json', jsonFile(table));
  return files;
}
