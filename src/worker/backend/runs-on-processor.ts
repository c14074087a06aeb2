/** Whether the open backend computes on the processor; else a GPU does, which compiles what it runs first. */
import { getBackend } from '@tensorflow/tfjs-core';

const PROCESSORS: ReadonlySet<string> = new Set(['wasm', 'cpu']);

export function runsOnProcessor(): boolean {
  return PROCESSORS.has(getBackend());
}
