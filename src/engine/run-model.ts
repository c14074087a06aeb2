/** Runs an exported model in a fresh worker that knows nothing else, and ends the worker. */
import type { BackendName } from '../domain/backend.ts';
import type { EngineEvent, EngineRequestMap } from '../protocol/engine-messages.ts';
import { EngineError } from '../protocol/errors.ts';
import { abortedError, toEngineError } from './abort.ts';
import { WorkerChannel } from './worker-channel.ts';
import type { WorkerPort } from './worker-port.ts';

/** Not the one the screen's numbers come from by chance: these two are always there and exact. */
const BACKENDS: readonly BackendName[] = ['wasm', 'cpu'];
const SILENCE_LIMIT_MS = 120_000;

/** Rejects with EngineError; 'bad-request' when the bytes are no model that can be run. */
export async function runModel(
  createWorker: () => WorkerPort,
  wasmPath: string,
  request: EngineRequestMap['model/run']['in'],
  signal?: AbortSignal,
): Promise<Float32Array> {
  const channel = new WorkerChannel<EngineRequestMap, EngineEvent>({
    worker: createWorker(),
    onEvent: () => undefined,
    onDown: () => undefined,
  });
  try {
    if (request.model.kind !== 'onnx') await openFirst(channel, wasmPath, signal);
    const options = { signal, silenceLimitMs: SILENCE_LIMIT_MS };
    return (await channel.call('model/run', request, options)).probabilities;
  } finally {
    channel.close(abortedError('running the model'));
  }
}

async function openFirst(
  channel: WorkerChannel<EngineRequestMap, EngineEvent>,
  wasmPath: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  let last = new EngineError({ code: 'backend-unavailable', message: 'no backend was tried' });
  for (const backend of BACKENDS) {
    try {
      await channel.call('backend/open', { backend, wasmPath }, { signal });
      return;
    } catch (error) {
      last = toEngineError(error);
      if (last.code === 'aborted') throw last;
    }
  }
  throw last;
}
