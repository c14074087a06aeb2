/** Scripts and pages of the TF.js export. They are written out as they stand here. */

/** As `withheldBy` in domain, for scripts that stand alone. */
const WITHHELD = `/** What Headstart says instead of a class that is not sure enough; null: it says the class. */
function withheldBy({ abstainBelow, thresholds }, probabilities) {
  const highest = Math.max(...probabilities);
  const needed = thresholds ? thresholds[probabilities.indexOf(highest)] : 0;
  if (abstainBelow !== null && highest < abstainBelow) return 'I don’t know';
  return highest < needed ? 'Not sure' : null;
}`;

export const PREDICT_MODULE = `// Loads the model beside this file and answers about pictures the way Headstart does.
//
//   import * as tf from '@tensorflow/tfjs';
//   import { loadModel } from './predict.mjs';
//   const model = await loadModel(tf, new URL('.', import.meta.url));
//   const answers = await model.predict({ data, width, height }); // RGBA, as ImageData has it
//   answers[0] // { name, probability }, the most probable first
//   answers.withheld // null, or what Headstart says in its place: 'I don’t know', 'Not sure'
import { toSquare } from './headstart-preprocess.mjs';

${WITHHELD}

const inBrowser = typeof window !== 'undefined' || typeof importScripts === 'function';

async function bytesOf(url) {
  if (inBrowser || url.protocol !== 'file:') {
    const response = await fetch(url);
    if (!response.ok) throw new Error(url.pathname + ': HTTP ' + response.status);
    return response.arrayBuffer();
  }
  const { readFile } = await import('node:fs/promises');
  const bytes = await readFile(url);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
}

const jsonOf = async (url) => JSON.parse(new TextDecoder().decode(await bytesOf(url)));

export async function loadModel(tf, folder) {
  const at = (name) => new URL(name, folder);
  const [pipeline, { modelTopology, weightsManifest }, weightData] = await Promise.all([
    jsonOf(at('pipeline.json')),
    jsonOf(at('model.json')),
    bytesOf(at('weights.bin')),
  ]);
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  const load = async () => ({ modelTopology, weightSpecs, weightData });
  const layers = await tf.loadLayersModel({ load });
  const { size } = pipeline.square;

  /** RGB bytes [size, size, 3] to probabilities in class order. */
  async function predictSquare(rgb) {
    const output = tf.tidy(() => layers.predict(tf.tensor4d(Float32Array.from(rgb), [1, size, size, 3])));
    const probabilities = await output.data();
    output.dispose();
    return Array.from(probabilities);
  }

  /** A picture { data: RGBA bytes, width, height } to answers, the most probable first. */
  async function predict(picture) {
    const rgb = toSquare(picture.data, picture.width, picture.height, pipeline);
    const probabilities = await predictSquare(rgb);
    const withheld = withheldBy(pipeline, probabilities);
    const answers = pipeline.classes.map((name, i) => ({ name, probability: probabilities[i] }));
    answers.sort((a, b) => b.probability - a.probability);
    return Object.assign(answers, { unsure: withheld !== null, withheld });
  }

  return { pipeline, layers, predict, predictSquare };
}
`;

export const SELFTEST_MODULE = `// node selftest.mjs: compares the model with what Headstart's screen said.
import { readFile } from 'node:fs/promises';
import { inflateSync } from 'node:zlib';
import * as tf from '@tensorflow/tfjs';
import { loadModel } from './predict.mjs';

/** RGB bytes of one of our own PNGs: 8 bits, RGB, no filter. */
function pixelsOf(png) {
  const parts = [];
  let width = 0;
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    if (type === 'IHDR') width = png.readUInt32BE(at + 8);
    if (type === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const rows = inflateSync(Buffer.concat(parts));
  const stride = width * 3;
  const rgb = new Uint8Array((rows.length / (stride + 1)) * stride);
  for (let y = 0; y * (stride + 1) < rows.length; y++) {
    rgb.set(rows.subarray(y * (stride + 1) + 1, (y + 1) * (stride + 1)), y * stride);
  }
  return rgb;
}

const folder = new URL('.', import.meta.url);
const golden = JSON.parse(await readFile(new URL('golden/golden.json', folder), 'utf8'));
const model = await loadModel(tf, folder);
let largest = 0;
for (const { file, probabilities } of golden.pictures) {
  const got = await model.predictSquare(pixelsOf(await readFile(new URL('golden/' + file, folder))));
  probabilities.forEach((wanted, i) => {
    largest = Math.max(largest, Math.abs(wanted - got[i]));
  });
}
const isEqual = largest <= golden.tolerance;
console.log((isEqual ? 'equal' : 'NOT EQUAL') + ': largest difference ' + largest.toExponential(2));
process.exitCode = isEqual ? 0 : 1;
`;

const TFJS = 'https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@4.22.0/dist/tf.min.js';

export const PREDICT_PAGE = `<!doctype html>
<meta charset="utf-8">
<title>Prediction</title>
<script src="${TFJS}"></script>
<p><input type="file" accept="image/*" id="photo"></p>
<p id="said" role="status"></p>
<ol id="answers"></ol>
<script type="module">
  import { loadModel } from './predict.mjs';
  const model = await loadModel(tf, new URL('.', location.href));
  document.getElementById('photo').addEventListener('change', async (event) => {
    const bitmap = await createImageBitmap(event.target.files[0], { imageOrientation: 'from-image' });
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0);
    const answers = await model.predict(context.getImageData(0, 0, canvas.width, canvas.height));
    document.getElementById('said').textContent = answers.withheld ?? answers[0].name;
    document.getElementById('answers').replaceChildren(
      ...answers.map(({ name, probability }) => {
        const row = document.createElement('li');
        row.textContent = name + ': ' + (100 * probability).toFixed(1) + ' %';
        return row;
      }),
    );
  });
</script>
`;

const READ_GOLDEN = `const golden = await (await fetch('golden/golden.json')).json();
  const say = (text) => { document.getElementById('result').textContent = text; };
  async function draw(file) {
    const picture = new Image();
    picture.src = 'golden/' + file;
    await picture.decode();
    const canvas = document.createElement('canvas');
    canvas.width = picture.width;
    canvas.height = picture.height;
    canvas.getContext('2d').drawImage(picture, 0, 0);
    return canvas;
  }
  let largest = 0;
  const compare = (wanted, got) => wanted.forEach((value, i) => {
    largest = Math.max(largest, Math.abs(value - got[i]));
  });`;

const REPORT = `const isEqual = largest <= golden.tolerance;
  say((isEqual ? 'equal' : 'NOT EQUAL') + ': largest difference ' + largest.toExponential(2));
  document.documentElement.dataset.difference = String(largest);`;

export const SELFTEST_PAGE = `<!doctype html>
<meta charset="utf-8">
<title>Self-test</title>
<script src="${TFJS}"></script>
<p id="result" role="status">Comparing…</p>
<script type="module">
  import { loadModel } from './predict.mjs';
  ${READ_GOLDEN}
  const model = await loadModel(tf, new URL('.', location.href));
  for (const { file, probabilities } of golden.pictures) {
    const canvas = await draw(file);
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    compare(probabilities, await model.predictSquare(data.filter((_, i) => i % 4 !== 3)));
  }
  ${REPORT}
</script>
`;

const TEACHABLE = `<script src="https://cdn.jsdelivr.net/npm/@tensorflow/tfjs@1.3.1/dist/tf.min.js"></script>
<script src="https://cdn.jsdelivr.net/npm/@teachablemachine/image@0.8.5/dist/teachablemachine-image.min.js"></script>`;

export const TEACHABLE_SELFTEST_PAGE = `<!doctype html>
<meta charset="utf-8">
<title>Self-test</title>
${TEACHABLE}
<p id="result" role="status">Comparing…</p>
<script type="module">
  ${READ_GOLDEN}
  const model = await tmImage.load('model.json', 'metadata.json');
  for (const { file, probabilities } of golden.pictures) {
    const answers = await model.predict(await draw(file));
    compare(probabilities, answers.map(({ probability }) => probability));
  }
  ${REPORT}
</script>
`;

export const TEACHABLE_EXAMPLE_PAGE = `<!doctype html>
<meta charset="utf-8">
<title>Prediction</title>
${TEACHABLE}
<p><input type="file" accept="image/*" id="photo"> <img id="picture" alt="" height="200"></p>
<p id="said" role="status"></p>
<ol id="answers"></ol>
<script type="module">
  ${WITHHELD}
  const pipeline = await (await fetch('pipeline.json')).json();
  const model = await tmImage.load('model.json', 'metadata.json');
  const picture = document.getElementById('picture');
  document.getElementById('photo').addEventListener('change', async (event) => {
    picture.src = URL.createObjectURL(event.target.files[0]);
    await picture.decode();
    const answers = await model.predict(picture);
    const withheld = withheldBy(pipeline, answers.map(({ probability }) => probability));
    answers.sort((a, b) => b.probability - a.probability);
    document.getElementById('said').textContent = withheld ?? answers[0].className;
    document.getElementById('answers').replaceChildren(
      ...answers.map(({ className, probability }) => {
        const row = document.createElement('li');
        row.textContent = className + ': ' + (100 * probability).toFixed(1) + ' %';
        return row;
      }),
    );
  });
</script>
`;
