/** README files of the exports: what is in the zip, how to run it, how to check it. */
import type { ExportFacts } from '../export-facts.ts';
import { EQUAL_TOLERANCE } from '../export-facts.ts';
import { markdownText } from './model-card.ts';

const COMMON = `| \`pipeline.json\` | every step from a file to a probability, as data |
| \`labels.txt\` | the class names, one a line, in the order of the probabilities |
| \`MODEL-CARD.md\` | what it was trained on, how good it is, what it cannot do |
| \`golden/\` | pictures and what Headstart's screen says about them |`;

function steps({ pipeline }: ExportFacts): string {
  const { square, store } = pipeline;
  const fits = {
    crop: 'the largest square in the middle is cut out',
    pad: `the whole photo is placed on grey (${square.padValue})`,
    stretch: 'the whole photo is stretched to a square',
  };
  const kept =
    store === null
      ? ''
      : ` keeps it with a longest side of at most
${store.longestSidePx} pixels as JPEG (quality ${store.quality});`;
  return `Headstart opens a photo upright (EXIF), in sRGB, on white where it is transparent;${kept} then
${fits[square.fit]} and resized to ${square.size} × ${square.size} with an antialiased triangle filter (Pillow's BILINEAR). Skip a step and
the probabilities move: that is the usual reason why an exported model "predicts something else".`;
}

/** Who says it, and from which probability on. */
function limits({ pipeline }: ExportFacts, who: string): string {
  const { abstainBelow, thresholds, classes } = pipeline;
  const rules: string[] = [];
  if (abstainBelow !== null) {
    rules.push(`- "I don't know" below ${abstainBelow}, whatever the class (\`abstainBelow\`).`);
  }
  classes.forEach((name, i) => {
    const threshold = thresholds?.[i] ?? 0;
    if (threshold > 0) {
      rules.push(`- "Not sure" where ${markdownText(name)} is on top with less than ${threshold}.`);
    }
  });
  const set =
    rules.length === 0
      ? 'Nothing was set: the most probable class is always said.'
      : `${rules.join('\n')}\n\nThe numbers per class are \`thresholds\`, in class order.`;
  return `## When no class is said

${who} The limits were set in Headstart's try-out and stand in \`pipeline.json\`:

${set}

"Unlike all it learned from" needs the training photos, which stay in Headstart: no export says it.`;
}

function check(command: string): string {
  return `## Check it

${command}

It compares the model's answers about the golden pictures with those of Headstart's screen. Equal
means: no probability differs by more than ${EQUAL_TOLERANCE}. Headstart compared them before it offered
this file.`;
}

export function tfjsReadme(facts: ExportFacts): string {
  const { size } = facts.pipeline.square;
  return `# ${markdownText(facts.projectName)}: TensorFlow.js

One layers model, backbone and head together, for TensorFlow.js 2 or newer. It takes pixels from 0
to 255 (float32 [n, ${size}, ${size}, 3], red, green, blue; the scaling is its first layer) and gives
probabilities [n, ${facts.pipeline.classes.length}].

| file | what |
| --- | --- |
| \`model.json\`, \`weights.bin\` | the model, for \`tf.loadLayersModel\` |
| \`headstart-preprocess.mjs\` | from an opened picture to the model's square, as Headstart does it |
| \`predict.mjs\` | a small loader to import: \`await loadModel(tf, url)\`, \`await model.predict(picture)\` |
| \`predict.html\` | an example page |
| \`selftest.mjs\`, \`selftest.html\` | compare with the golden pictures |
${COMMON}

## Run it

Serve this folder (\`npx http-server .\`) and open \`predict.html\`. The example loads TensorFlow.js from
a public address; put a copy beside it to work without a network.

${steps(facts)}

${limits(facts, 'The loader gives it as `answers.withheld`, and `predict.html` shows it.')}

${check('`npm install @tensorflow/tfjs@4.22.0`, then `node selftest.mjs`. Or serve the folder and open `selftest.html`.')}
`;
}

export function teachableReadme(facts: ExportFacts, isTheirBackbone: boolean): string {
  const { pipeline } = facts;
  const origin = isTheirBackbone
    ? 'It has the backbone that Teachable Machine itself trains on.'
    : `It is **not** a model of Teachable Machine's own kind: the backbone is ${markdownText(pipeline.backbone.name)}. It has the same files, layout and metadata, so that tools which load those exports load it too.`;
  const fit =
    pipeline.square.fit === 'crop'
      ? ''
      : `\n\n**Careful:** you trained with photos fitted by "${pipeline.square.fit}". Teachable Machine's tools always cut out the middle square, so they will see something else than Headstart did.`;
  return `# ${markdownText(facts.projectName)}: Teachable Machine model

For \`@teachablemachine/image\`, ml5, p5 and Scratch extensions. ${origin}${fit}

| file | what |
| --- | --- |
| \`model.json\`, \`weights.bin\`, \`metadata.json\` | the three files that a Teachable Machine export has |
| \`example.html\` | a page that uses \`@teachablemachine/image\` |
| \`selftest.html\` | compares with the golden pictures |
${COMMON}

## Run it

Serve this folder (\`npx http-server .\`) and open \`example.html\`. Where a tool asks for an address, put
the three files on a web server and give the folder's address.

Teachable Machine's tools hand pixels in as pixel / 127 - 1 (Headstart and Keras: / 127.5 - 1); the
first layer of this model makes up for it. They also scale photos with the browser's canvas instead
of the filter named in \`pipeline.json\`: for photos that are not ${pipeline.square.size} × ${pipeline.square.size} the answers can differ
by a little.

${limits(facts, "The three files of a Teachable Machine export have no place for it; other people's tools always name a class. `example.html` does as Headstart does.")}

${check(`Serve the folder and open \`selftest.html\`; the golden pictures are ${pipeline.square.size} × ${pipeline.square.size}, so nothing has to be scaled.`)}
`;
}

export function onnxReadme(facts: ExportFacts, opset: number): string {
  const { size } = facts.pipeline.square;
  return `# ${markdownText(facts.projectName)}: ONNX

\`model.onnx\`, opset ${opset}, for ONNX Runtime in Python, C#, C++, Java, on phones and in browsers.

- input \`pixels\`: float32 [n, 3, ${size}, ${size}], red, green, blue, **0 to 255** (the scaling is in the graph)
- output \`probabilities\`: float32 [n, ${facts.pipeline.classes.length}]

| file | what |
| --- | --- |
| \`model.onnx\` | backbone and head; class names and pipeline are in its metadata too |
| \`predict.py\` | \`python predict.py photo.jpg\` (needs onnxruntime, numpy, pillow) |
| \`selftest.py\` | compares with the golden pictures |
${COMMON}

## Run it

${steps(facts)}

\`predict.py\` does the same with Pillow, except for the detour over JPEG.

${limits(facts, '`predict.py` says it.')}

## Check it

\`pip install onnxruntime numpy pillow\`, then \`python selftest.py\`. Headstart ran the file in ONNX
Runtime for browsers before it offered it, or, without a network, in a reader of its own, and said which;
equal means that no probability differs by more than ${EQUAL_TOLERANCE}. The Python scripts themselves were not
run by Headstart, which has no Python.
`;
}

export function headReadme(facts: ExportFacts): string {
  const { pipeline } = facts;
  return `# ${markdownText(facts.projectName)}: Headstart head

The trained head alone, for another Headstart: open the Export view there and choose this zip. It
needs the backbone ${markdownText(pipeline.backbone.name)} (weights SHA-256 \`${pipeline.backbone.weightsSha256}\`).

| file | what |
| --- | --- |
| \`head.json\` | shapes, class names, settings, pipeline |
| \`head.bin\` | the numbers, float32, little-endian, in the order that head.json says |
${COMMON}

${limits(facts, 'Another Headstart reads them but keeps its own settings of the try-out.')}
`;
}

export function pythonReadme(facts: ExportFacts): string {
  const { pipeline, training } = facts;
  return `# ${markdownText(facts.projectName)}: train it again with Keras

Your photos as folders and a script that repeats the training on a bigger machine, with any backend
of Keras 3 (TensorFlow, JAX, PyTorch).

| file | what |
| --- | --- |
| \`data/train/<class>/\`, \`data/validation/<class>/\` | your photos, split as in Headstart |
| \`train.py\` | MobileNetV2 from Keras, frozen, and your head with your settings |
| \`settings.json\` | those settings |
| \`pipeline.json\`, \`MODEL-CARD.md\`, \`labels.txt\` | as in every export |

    pip install "keras>=3" tensorflow numpy pillow
    python train.py

Photos are fitted by "${pipeline.square.fit}" and resized by Pillow as in Headstart. The backbone is Keras' own
MobileNetV2 at ${Math.max(96, pipeline.square.size)} pixels, not ${markdownText(pipeline.backbone.name)}: expect similar, not equal, figures
(Headstart's best epoch was ${training.bestEpoch}). The script was checked to compile; it was not run by Headstart, which
has no Python. \`abstainBelow\` and \`thresholds\` in \`pipeline.json\` were set for Headstart's own head; the
script trains another one and does not apply them. Learning-rate schedules other than constant and cosine run as constant in it. To use several GPUs set \`DISTRIBUTE = True\` in it (keras.distribution, JAX backend).
`;
}

export function pageReadme(facts: ExportFacts): string {
  return `# ${markdownText(facts.projectName)}: a web page

\`model.html\` is everything: model, script and WebAssembly in one file. Open it with a double click, on a
computer or a phone, with or without a network; photos and camera stay on the device. (Some browsers
give the camera only to pages from a web server; photos always work.)

When it opens it asks itself about the golden pictures and shows how far its answers are from those
of Headstart's screen.

| file | what |
| --- | --- |
| \`model.html\` | the page |
${COMMON}

${limits(facts, 'The page says it in the words of the try-out.')}
`;
}
