/**
 * Embeddings of the real photo sets in ../shared/photos with the built-in backbone or MobileNetV2 1.0,
 * computed once and kept in node_modules/.cache. Photos are decoded and scaled by a headless browser (Node
 * has no JPEG decoder): centre crop, antialiased.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { chromium, type Page } from '@playwright/test';

export interface EmbeddedSet {
  readonly name: string;
  readonly classNames: readonly string[];
  /** [count, width] */
  readonly embeddings: Float32Array;
  readonly labels: Int32Array;
  readonly width: number;
}

const ROOT = path.resolve(import.meta.dirname, '..');
const PHOTOS = path.resolve(ROOT, '../shared/photos');
const CACHE = path.join(ROOT, 'node_modules/.cache/bench-embeddings');

export interface BenchBackbone {
  readonly folder: string;
  /** Side of the square, in pixels. */
  readonly size: number;
  readonly width: number;
  /** The input range is [low, 1]. */
  readonly low: number;
  readonly node: string;
}

const BUILT_IN_FOLDER = path.join(ROOT, 'public/models/headstart-v2-050');
const CARD = JSON.parse(readFileSync(path.join(BUILT_IN_FOLDER, 'manifest.json'), 'utf8')) as {
  readonly inputSize: number;
  readonly embedding: { readonly width: number };
};

export const BUILT_IN: BenchBackbone = {
  folder: BUILT_IN_FOLDER,
  size: CARD.inputSize,
  width: CARD.embedding.width,
  low: -1,
  node: 'embedding',
};

export const MOBILENET: BenchBackbone = {
  folder: path.resolve(ROOT, '../shared/models/mobilenet_v2_1.0_224'),
  size: 224,
  width: 1280,
  low: 0,
  node: 'module_apply_default/MobilenetV2/Logits/AvgPool',
};

export async function openWasm(): Promise<void> {
  const here = createRequire(import.meta.url);
  setWasmPaths(`${path.dirname(here.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  if (!(await tf.setBackend('wasm'))) throw new Error('no wasm here');
  await tf.ready();
}

/** Embeds what is not in the cache yet. `browserPath`: a Chromium. */
export async function realEmbeddings(
  names: readonly string[],
  browserPath: string,
  backbone = BUILT_IN,
): Promise<readonly EmbeddedSet[]> {
  if (!existsSync(PHOTOS)) throw new Error('the photo sets (../shared/photos) are not here');
  const cache = cacheOf(backbone);
  mkdirSync(cache, { recursive: true });
  const missing = names.filter((name) => !existsSync(path.join(cache, `${name}.f32`)));
  if (missing.length > 0) await embedSets(missing, browserPath, backbone, cache);
  return names.map((name) => readSet(name, cache, backbone.width));
}

/** Embeddings belong to the weights that made them. */
function cacheOf({ folder }: BenchBackbone): string {
  const hash = createHash('sha256').update(readFileSync(path.join(folder, 'weights.bin')));
  return path.join(CACHE, hash.digest('hex').slice(0, 12));
}

function filesOf(name: string): { className: string; files: string[] }[] {
  const folder = path.join(PHOTOS, name);
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .map((className) => ({
      className,
      files: readdirSync(path.join(folder, className))
        .sort()
        .map((file) => path.join(folder, className, file)),
    }));
}

function readSet(name: string, cache: string, width: number): EmbeddedSet {
  const classes = filesOf(name);
  const bytes = readFileSync(path.join(cache, `${name}.f32`));
  const embeddings = new Float32Array(new Uint8Array(bytes).buffer);
  return {
    name,
    classNames: classes.map(({ className }) => className),
    embeddings,
    labels: Int32Array.from(classes.flatMap(({ files }, label) => files.map(() => label))),
    width,
  };
}

async function embedSets(
  names: readonly string[],
  browserPath: string,
  backbone: BenchBackbone,
  cache: string,
): Promise<void> {
  const embedder = await openEmbedder(browserPath, backbone);
  const { width } = backbone;
  try {
    for (const name of names) {
      const files = filesOf(name).flatMap((entry) => entry.files);
      const result = new Float32Array(files.length * width);
      for (const [index, file] of files.entries()) {
        result.set(await embedder.embed(await embedder.pixels(file)), index * width);
      }
      writeFileSync(path.join(cache, `${name}.f32`), new Uint8Array(result.buffer));
      console.log(`embedded ${files.length} photos of ${name}`);
    }
  } finally {
    await embedder.close();
  }
}

/** Files of a set in the order of its rows. */
export function photoFiles(name: string): readonly string[] {
  return filesOf(name).flatMap((entry) => entry.files);
}

export interface PhotoEmbedder {
  readonly size: number;
  /** RGB in 0..255, [size, size, 3]: the photo as the backbone is given it. */
  pixels(file: string): Promise<Uint8Array>;
  /** [width] */
  embed(pixels: Uint8Array): Promise<Float32Array>;
  close(): Promise<void>;
}

/** A backbone behind a browser that decodes. `browserPath`: a Chromium. */
export async function openEmbedder(
  browserPath: string,
  { folder, size, width, low, node } = BUILT_IN,
): Promise<PhotoEmbedder> {
  const weights = readFileSync(path.join(folder, 'weights.bin'));
  const json = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8')) as {
    modelTopology: object;
    weightsManifest: { weights: tf.io.WeightsManifestEntry[] }[];
  };
  const model = await loadGraphModel(
    tf.io.fromMemory({
      modelTopology: json.modelTopology,
      weightSpecs: json.weightsManifest.flatMap((group) => group.weights),
      weightData: new Uint8Array(weights).buffer,
    }),
  );
  const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  return {
    size,
    pixels: (file) => decode(page, readFileSync(file), size),
    async embed(pixels) {
      const embedding = tf.tidy(() => {
        const input = tf.tensor4d(Float32Array.from(pixels), [1, size, size, 3]);
        const scaled = tf.add(tf.div(input, 255 / (1 - low)), low);
        return tf.reshape(model.execute(scaled, node) as tf.Tensor, [1, width]);
      });
      const values = await embedding.data<'float32'>();
      embedding.dispose();
      return values;
    },
    close: () => browser.close(),
  };
}

/** RGB in 0..255, [size, size, 3]. */
async function decode(page: Page, file: Buffer, size: number): Promise<Uint8Array> {
  const base64 = await page.evaluate(
    async ([encoded, size]) => {
      const bytes = Uint8Array.from(atob(encoded), (char) => char.charCodeAt(0));
      const photo = await createImageBitmap(new Blob([bytes]));
      const side = Math.min(photo.width, photo.height);
      const left = Math.floor((photo.width - side) / 2);
      const top = Math.floor((photo.height - side) / 2);
      const small = await createImageBitmap(photo, left, top, side, side, {
        resizeWidth: size,
        resizeHeight: size,
        resizeQuality: 'high',
      });
      const context = new OffscreenCanvas(size, size).getContext('2d');
      if (context === null) throw new Error('no canvas');
      context.drawImage(small, 0, 0);
      const { data } = context.getImageData(0, 0, size, size);
      let text = '';
      for (let at = 0; at < data.length; at += 8192) {
        text += String.fromCharCode(...data.subarray(at, at + 8192));
      }
      return btoa(text);
    },
    [file.toString('base64'), size] as const,
  );
  const rgba = Buffer.from(base64, 'base64');
  return Uint8Array.from({ length: size * size * 3 }, (_, index) => {
    return rgba[Math.floor(index / 3) * 4 + (index % 3)] ?? 0;
  });
}
