/**
 * Runs an exported ONNX file with ONNX Runtime, the reader that it is meant for. Its WebAssembly is as
 * large as everything else together, so it is fetched only now, and is not kept for work without a
 * network: whoever asks has to be ready for `backend-unavailable`.
 */
import type * as OnnxRuntime from 'onnxruntime-web/wasm';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { EngineError } from '../../protocol/errors.ts';

/** RGB bytes [count, size, size, 3] → probabilities [count, classes]. */
export async function runOnnx(
  bytes: Uint8Array,
  size: number,
  pixels: Uint8Array,
  count: number,
): Promise<Float32Array> {
  const [{ env, InferenceSession, Tensor }, wasmBinary] = await loadRuntime();
  // One thread: more need shared memory, which the page goes without (no COOP and COEP headers).
  env.wasm.numThreads = 1;
  env.wasm.proxy = false;
  env.wasm.wasmBinary = wasmBinary;
  // It warns of constants that it moves about; a failure is thrown all the same.
  env.logLevel = 'error';
  const session = await InferenceSession.create(bytes, { executionProviders: ['wasm'] });
  try {
    const [input] = session.inputNames;
    const [output] = session.outputNames;
    if (input === undefined || output === undefined) throw new Error('no input or no output');
    const planes = new Tensor('float32', toPlanes(pixels, count), [count, 3, size, size]);
    const { data } = (await session.run({ [input]: planes }))[output] ?? {};
    if (!(data instanceof Float32Array)) throw new Error('the output is no float32');
    return data.slice();
  } finally {
    await session.release();
  }
}

async function loadRuntime(): Promise<[typeof OnnxRuntime, ArrayBuffer]> {
  try {
    return await Promise.all([import('onnxruntime-web/wasm'), fetchBinary()]);
  } catch (error) {
    const message = `ONNX Runtime could not be loaded: ${String(error).slice(0, 200)}`;
    throw new EngineError({ code: 'backend-unavailable', message });
  }
}

async function fetchBinary(): Promise<ArrayBuffer> {
  const response = await fetch(wasmUrl);
  if (!response.ok) throw new Error(`HTTP ${String(response.status)}`);
  return response.arrayBuffer();
}

/** [count, size, size, 3] → [count, 3, size, size], as ONNX has pictures. */
function toPlanes(pixels: Uint8Array, count: number): Float32Array {
  const places = pixels.length / count / 3;
  const planes = new Float32Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) {
    const place = Math.floor(i / 3);
    const picture = Math.floor(place / places);
    planes[(picture * 3 + (i % 3)) * places + (place % places)] = pixels[i] ?? 0;
  }
  return planes;
}
