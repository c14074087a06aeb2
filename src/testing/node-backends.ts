/** Opens a TensorFlow.js backend in Node, for tests. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { ready, setBackend } from '@tensorflow/tfjs-core';

export async function openInNode(backend: 'cpu' | 'wasm'): Promise<void> {
  const here = createRequire(import.meta.url);
  setWasmPaths(`${dirname(here.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  if (!(await setBackend(backend))) throw new Error(`${backend} cannot be opened in Node`);
  await ready();
}
