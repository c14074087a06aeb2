/**
 * Embeddings of the real photo sets in ../shared/photos with the built-in backbone, computed once and
 * kept in node_modules/.cache. Photos are decoded and scaled by a headless browser (Node has no JPEG
 * decoder): centre crop, 128 px, antialiased.
 */
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
const MODEL = path.join(ROOT, 'public/models/headstart-v2-050');
const CARD = JSON.parse(readFileSync(path.join(MODEL, 'manifest.json'), 'utf8')) as {
  readonly embedding: { readonly width: number };
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
};
const WEIGHTS = CARD.files.find((file) => file.path === 'weights.bin')?.sha256 ?? 'unknown';
/** Embeddings belong to the weights that made them. */
const CACHE = path.join(ROOT, 'node_modules/.cache/bench-embeddings', WEIGHTS.slice(0, 12));
const SIZE = 128;
const WIDTH = CARD.embedding.width;

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
): Promise<readonly EmbeddedSet[]> {
  if (!existsSync(PHOTOS)) throw new Error('the photo sets (../shared/photos) are not here');
  mkdirSync(CACHE, { recursive: true });
  const missing = names.filter((name) => !existsSync(path.join(CACHE, `${name}.f32`)));
  if (missing.length > 0) await embedSets(missing, browserPath);
  return names.map(readSet);
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

function readSet(name: string): EmbeddedSet {
  const classes = filesOf(name);
  const bytes = readFileSync(path.join(CACHE, `${name}.f32`));
  const embeddings = new Float32Array(new Uint8Array(bytes).buffer);
  return {
    name,
    classNames: classes.map(({ className }) => className),
    embeddings,
    labels: Int32Array.from(classes.flatMap(({ files }, label) => files.map(() => label))),
    width: WIDTH,
  };
}

async function embedSets(names: readonly string[], browserPath: string): Promise<void> {
  const embedder = await openEmbedder(browserPath);
  try {
    for (const name of names) {
      const files = filesOf(name).flatMap((entry) => entry.files);
      const result = new Float32Array(files.length * WIDTH);
      for (const [index, file] of files.entries()) {
        result.set(await embedder.embed(await embedder.pixels(file)), index * WIDTH);
      }
      writeFileSync(path.join(CACHE, `${name}.f32`), new Uint8Array(result.buffer));
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

/** The built-in backbone behind a browser that decodes. `browserPath`: a Chromium. */
export async function openEmbedder(browserPath: string): Promise<PhotoEmbedder> {
  const weights = readFileSync(path.join(MODEL, 'weights.bin'));
  const json = JSON.parse(readFileSync(path.join(MODEL, 'model.json'), 'utf8')) as {
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
    size: SIZE,
    pixels: (file) => decode(page, readFileSync(file)),
    async embed(pixels) {
      const embedding = tf.tidy(() => {
        const input = tf.tensor4d(Float32Array.from(pixels), [1, SIZE, SIZE, 3]);
        return model.execute(tf.sub(tf.div(input, 127.5), 1), 'embedding') as tf.Tensor;
      });
      const values = await embedding.data<'float32'>();
      embedding.dispose();
      return values;
    },
    close: () => browser.close(),
  };
}

/** RGB in 0..255, [SIZE, SIZE, 3]. */
async function decode(page: Page, file: Buffer): Promise<Uint8Array> {
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
    [file.toString('base64'), SIZE] as const,
  );
  const rgba = Buffer.from(base64, 'base64');
  return Uint8Array.from({ length: SIZE * SIZE * 3 }, (_, index) => {
    return rgba[Math.floor(index / 3) * 4 + (index % 3)] ?? 0;
  });
}
