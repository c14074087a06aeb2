/**
 * The inference part by itself: the inside of the exported web page, and of the module that
 * `npm run build:lib` writes. It opens an exported page (`model.html`), which holds network, weights
 * and WebAssembly, and answers about pictures the way Headstart's screen does.
 *
 * What is exported here is told to others in docs/LIBRARY.md; its types stand in this file alone.
 */
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env, getBackend, ready, setBackend } from '@tensorflow/tfjs-core';
import { goldenPixels } from '../domain/golden-images.ts';
import type { PackedNetwork } from '../domain/packed-network.ts';
import type { PredictionPipeline } from '../domain/prediction-pipeline.ts';
import { withheldBy } from '../domain/said-or-not.ts';
import { createPackedRunner } from '../worker/model-run/packed-runner.ts';
import { fromBase64, readNumbers } from './page-data.ts';
import { keptPhoto, readPixels } from './page-pictures.ts';
import { toSquare } from './preprocess.ts';

/** A photo as a file, or anything that can be drawn onto a canvas and has a size. */
export type Picture =
  | Blob
  | ImageBitmap
  | ImageData
  | HTMLVideoElement
  | HTMLCanvasElement
  | HTMLImageElement
  | OffscreenCanvas;

export interface ClassAnswer {
  readonly name: string;
  /** In [0, 1]; those of all classes add up to 1. */
  readonly probability: number;
}

export interface Answer {
  /** The most probable first. */
  readonly classes: readonly ClassAnswer[];
  /** Less sure than the model was told to be: "I don't know" or "not sure" is the better answer. */
  readonly isUnsure: boolean;
  /**
   * Which of the two: less sure than any answer has to be (`unsure`), or than the most probable class
   * has to be (`below`). Null: say it.
   */
  readonly withheld: 'unsure' | 'below' | null;
}

export interface Predictor {
  /** In the order of the probabilities. */
  readonly classNames: readonly string[];
  /** Side of the square that the network is given, in pixels. */
  readonly inputSize: number;
  readonly backend: 'wasm' | 'cpu';
  /**
   * A `Blob` goes the way of a photo (turned upright, kept at most 480 px like Headstart keeps its
   * photos), everything else the way of a camera frame. Rejects when a file is no picture.
   */
  predict(picture: Picture): Promise<Answer>;
  /** RGB bytes [inputSize, inputSize, 3] to probabilities in the order of `classNames`. */
  predictSquare(rgb: Uint8Array): Promise<Float32Array>;
  /** Compares the answers about the pictures in the export with what the screen said about them. */
  checkSelf(): Promise<{ readonly largestDifference: number; readonly isEqual: boolean }>;
  /** Frees the weights. */
  dispose(): void;
}

/** Part of an exported page, by the id of its element. */
export type PagePart = (id: 'content' | 'weights' | 'wasm') => string;

interface Content {
  readonly network: PackedNetwork;
  /** How many of the numbers have two bytes; they come first. */
  readonly halves: number;
  readonly pipeline: PredictionPipeline;
  /** [picture][class] */
  readonly golden: readonly (readonly number[])[];
  readonly tolerance: number;
}

/**
 * Opens an exported web page: its address, or the file itself. Rejects when it cannot be fetched or is
 * no such page.
 */
export async function openModel(page: string | URL | Blob): Promise<Predictor> {
  const html = page instanceof Blob ? await page.text() : await fetchText(page);
  return openParts((id) => {
    const found = new RegExp(`<script type="[^"]*" id="${id}">([^]*?)</script>`).exec(html)?.[1];
    if (found === undefined) throw new Error(`this is no page exported by Headstart: no ${id}`);
    return found;
  });
}

async function fetchText(address: string | URL): Promise<string> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${String(address)}: HTTP ${String(response.status)}`);
  return response.text();
}

/** The same from a page that is open already. */
export async function openParts(part: PagePart): Promise<Predictor> {
  const content = JSON.parse(part('content')) as Content;
  const { network, pipeline } = content;
  const backend = await openBackend(part);
  const numbers = readNumbers(fromBase64(part('weights')), content.halves);
  const runner = createPackedRunner(network, numbers);
  const predictSquare = (rgb: Uint8Array): Promise<Float32Array> => runner.run(rgb, 1);
  return {
    classNames: pipeline.classes,
    inputSize: network.size,
    backend,
    predictSquare,
    async predict(picture) {
      const isPhoto = picture instanceof Blob;
      const { data, width, height } = isPhoto
        ? await keptPhoto(picture, pipeline.store)
        : readPixels(picture, pipeline.square);
      // A photo has been made small already, and a frame never is.
      const square = toSquare(data, width, height, { square: pipeline.square, store: null });
      return ranked(pipeline, await predictSquare(square));
    },
    async checkSelf() {
      const largestDifference = await largestError(content, predictSquare);
      return { largestDifference, isEqual: largestDifference <= content.tolerance };
    },
    dispose: () => {
      runner.dispose();
    },
  };
}

let opening: Promise<'wasm' | 'cpu'> | null = null;

/** Once for all models of a page: TensorFlow.js has one backend, and whoever comes first brings it. */
function openBackend(part: PagePart): Promise<'wasm' | 'cpu'> {
  return (opening ??= startBackend(part));
}

async function startBackend(part: PagePart): Promise<'wasm' | 'cpu'> {
  const url = `data:application/wasm;base64,${part('wasm').trim()}`;
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': url,
    'tfjs-backend-wasm-simd.wasm': url,
    'tfjs-backend-wasm-threaded-simd.wasm': url,
  });
  if (!(await setBackend('wasm').catch(() => false))) await setBackend('cpu');
  await ready();
  return getBackend() === 'wasm' ? 'wasm' : 'cpu';
}

async function largestError(
  { golden, network }: Content,
  predictSquare: Predictor['predictSquare'],
): Promise<number> {
  let largest = 0;
  for (const [i, wanted] of golden.entries()) {
    const got = await predictSquare(goldenPixels(network.size, i));
    for (const [c, value] of wanted.entries()) {
      const error = Math.abs(value - (got[c] ?? NaN));
      largest = Number.isNaN(error) ? Infinity : Math.max(largest, error);
    }
  }
  return largest;
}

function ranked(pipeline: PredictionPipeline, values: Float32Array): Answer {
  const answers = pipeline.classes.map((name, i) => ({ name, probability: values[i] ?? NaN }));
  answers.sort((a, b) => b.probability - a.probability);
  const withheld = withheldBy(pipeline, values);
  return { classes: answers, isUnsure: withheld !== null, withheld };
}
