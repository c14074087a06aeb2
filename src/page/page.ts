/**
 * The script of the exported web page: unpacks what the page carries, checks itself on the golden
 * pictures, then answers about photos and the camera. Runs from disk, without a network.
 */
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { env, getBackend, ready, setBackend } from '@tensorflow/tfjs-core';
import { goldenPixels } from '../domain/golden-images.ts';
import type { PackedNetwork } from '../domain/packed-network.ts';
import type { PredictionPipeline } from '../domain/prediction-pipeline.ts';
import { createPackedRunner, type PackedRunner } from '../worker/model-run/packed-runner.ts';
import { fromBase64, readNumbers } from './page-data.ts';
import { readFrame, readPhoto } from './page-pictures.ts';
import { toSquare } from './preprocess.ts';

interface Content {
  readonly network: PackedNetwork;
  /** How many of the numbers have two bytes; they come first. */
  readonly halves: number;
  readonly pipeline: PredictionPipeline;
  /** [picture][class] */
  readonly golden: readonly (readonly number[])[];
  readonly tolerance: number;
  readonly words: Readonly<Record<string, string>>;
}

const part = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no part "${id}"`);
  return found;
};
const content = JSON.parse(part('content').textContent) as Content;
const word = (key: string): string => content.words[key] ?? key;

async function openBackend(): Promise<void> {
  const url = `data:application/wasm;base64,${part('wasm').textContent.trim()}`;
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  setWasmPaths({
    'tfjs-backend-wasm.wasm': url,
    'tfjs-backend-wasm-simd.wasm': url,
    'tfjs-backend-wasm-threaded-simd.wasm': url,
  });
  if (!(await setBackend('wasm').catch(() => false))) await setBackend('cpu');
  await ready();
}

/** Largest difference from what Headstart's screen said about the golden pictures. */
async function checkSelf(runner: PackedRunner): Promise<number> {
  let largest = 0;
  for (const [i, wanted] of content.golden.entries()) {
    const got = await runner.run(goldenPixels(content.network.size, i), 1);
    wanted.forEach((value, c) => {
      largest = Math.max(largest, Math.abs(value - (got[c] ?? NaN)));
    });
  }
  return largest;
}

function show(probabilities: ArrayLike<number>, ms: number): void {
  const order = content.pipeline.classes.map((name, i) => ({ name, p: probabilities[i] ?? 0 }));
  order.sort((a, b) => b.p - a.p);
  const [top] = order;
  const { abstainBelow } = content.pipeline;
  const isUnsure = abstainBelow !== null && (top?.p ?? 0) < abstainBelow;
  part('answer').textContent = isUnsure ? word('unsure') : (top?.name ?? '');
  const rows = order.slice(0, 20).map(({ name, p }) => {
    const row = document.createElement('li');
    const label = document.createElement('span');
    label.textContent = name;
    label.dir = 'auto';
    const bar = document.createElement('meter');
    bar.value = p;
    bar.setAttribute('aria-hidden', 'true');
    const percent = document.createElement('span');
    percent.textContent = `${(100 * p).toFixed(1)} %`;
    row.dataset['probability'] = String(p);
    row.append(label, bar, percent);
    return row;
  });
  part('bars').replaceChildren(...rows);
  part('rate').textContent = `${ms.toFixed(0)} ms`;
}

async function start(): Promise<void> {
  document.title = word('title');
  await openBackend();
  const numbers = readNumbers(fromBase64(part('weights').textContent), content.halves);
  const runner = createPackedRunner(content.network, numbers);
  const difference = await checkSelf(runner);
  const isRight = difference <= content.tolerance;
  const check = part('check');
  check.textContent = `${word(isRight ? 'same' : 'different')} (${difference.toExponential(1)}, ${getBackend()})`;
  check.dataset['difference'] = String(difference);
  check.dataset['state'] = isRight ? 'right' : 'wrong';
  connect(runner);
  document.documentElement.dataset['ready'] = 'true';
}

function connect(runner: PackedRunner): void {
  const { pipeline } = content;
  let ticket = 0;
  const answer = async (rgba: Uint8ClampedArray, width: number, height: number): Promise<void> => {
    const mine = ++ticket;
    const begun = performance.now();
    const result = await runner.run(toSquare(rgba, width, height, pipeline), 1);
    if (mine === ticket) show(result, performance.now() - begun);
  };
  const take = async (file: Blob | undefined): Promise<void> => {
    if (file === undefined) return;
    stopCamera();
    try {
      const picture = await readPhoto(file, pipeline.store);
      picture.draw(part('picture') as HTMLCanvasElement);
      await answer(picture.rgba, picture.width, picture.height);
    } catch {
      part('answer').textContent = word('unreadable');
      part('bars').replaceChildren();
    }
  };
  const input = part('file') as HTMLInputElement;
  input.addEventListener('change', () => void take(input.files?.[0]));
  part('choose').addEventListener('click', () => {
    input.click();
  });
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    void take(event.dataTransfer?.files[0]);
  });
  document.addEventListener('paste', (event) => void take(event.clipboardData?.files[0]));
  const stopCamera = connectCamera(answer);
}

function connectCamera(
  answer: (rgba: Uint8ClampedArray, width: number, height: number) => Promise<void>,
): () => void {
  const video = part('video') as HTMLVideoElement;
  const button = part('camera');
  let stream: MediaStream | null = null;
  const stop = (): void => {
    stream?.getTracks().forEach((track) => {
      track.stop();
    });
    stream = null;
    video.hidden = true;
    button.textContent = word('camera');
  };
  const watch = async (): Promise<void> => {
    while (stream !== null) {
      const frame = video.videoWidth > 0 ? readFrame(video) : null;
      if (frame !== null) await answer(frame.data, frame.width, frame.height);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  };
  button.addEventListener('click', () => {
    if (stream !== null) {
      stop();
      return;
    }
    navigator.mediaDevices
      .getUserMedia({ video: { facingMode: 'environment' } })
      .then(async (opened) => {
        stream = opened;
        video.srcObject = opened;
        video.hidden = false;
        button.textContent = word('camera-stop');
        await video.play();
        await watch();
      })
      .catch(() => {
        part('answer').textContent = word('no-camera');
      });
  });
  return stop;
}

start().catch((error: unknown) => {
  part('check').textContent = `${word('failed')} ${error instanceof Error ? error.message : ''}`;
  part('check').dataset['state'] = 'wrong';
});
