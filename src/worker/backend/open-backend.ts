/**
 * Opens exactly one TensorFlow.js backend and says what it runs on. Never falls back: the caller
 * decides what to try next.
 */
import { env, setBackend } from '@tensorflow/tfjs-core';
import type { BackendName } from '../../domain/backend.ts';
import { EngineError } from '../../protocol/errors.ts';
import { describeDevice, watchForLoss } from './gpu-device.ts';

/** setBackend can hang for good (tfjs#8596), so opening has a limit of its own. */
export const OPEN_TIMEOUT_MS = 30_000;

export interface OpenedBackend {
  readonly name: BackendName;
  readonly openMs: number;
  /** What the driver calls itself; null where there is nothing to say. */
  readonly device: string | null;
  /** True once the GPU context or device is gone; everything computed since is worthless. */
  isLost(): boolean;
}

export interface OpenOptions {
  /** Folder URL (or path in Node) of the .wasm files. */
  readonly wasmPath: string;
  readonly timeoutMs?: number;
  readonly onLost: () => void;
}

/**
 * Loads the backend's package, initialises it and makes it current.
 * @throws EngineError `backend-unavailable` (this machine or browser does not have it),
 * `backend-failed` (it threw), `worker-timeout` (it did not answer).
 */
export async function openBackend(name: BackendName, options: OpenOptions): Promise<OpenedBackend> {
  const begun = performance.now();
  const timeoutMs = options.timeoutMs ?? OPEN_TIMEOUT_MS;
  await withTimeout(initialise(name, options.wasmPath), timeoutMs, name);
  const openMs = performance.now() - begun;
  const device = await describeDevice(name);
  let lost = false;
  const contextIsLost = watchForLoss(name, () => {
    if (lost) return;
    lost = true;
    options.onLost();
  });
  return { name, openMs, device, isLost: () => lost || contextIsLost() };
}

async function initialise(name: BackendName, wasmPath: string): Promise<void> {
  try {
    await importBackend(name, wasmPath);
  } catch (error) {
    throw failed(name, 'backend-failed', error);
  }
  let opened: boolean;
  try {
    opened = await setBackend(name);
  } catch (error) {
    // Packages register themselves only where they can run, so an unknown name means "not here".
    throw failed(name, 'backend-unavailable', error);
  }
  // False, without an exception, is what a browser with `navigator.gpu` but no adapter gives.
  if (!opened) throw failed(name, 'backend-unavailable', 'setBackend returned false');
}

/** Each package registers its backend and kernels when it is first imported. */
async function importBackend(name: BackendName, wasmPath: string): Promise<void> {
  switch (name) {
    case 'webgpu':
      await import('@tensorflow/tfjs-backend-webgpu');
      return;
    case 'webgl':
      await import('@tensorflow/tfjs-backend-webgl');
      return;
    case 'wasm': {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      // WORKAROUND(tfjs#4539): the threaded build breaks when minified; one thread with SIMD is
      // used even on a cross-origin isolated page. Remove when that issue is fixed.
      env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      setWasmPaths(wasmPath.endsWith('/') ? wasmPath : `${wasmPath}/`);
      return;
    }
    case 'cpu':
      await import('@tensorflow/tfjs-backend-cpu');
      return;
    default:
      throw new EngineError({ code: 'bad-request', message: `no backend "${String(name)}"` });
  }
}

async function withTimeout(work: Promise<void>, timeoutMs: number, name: string): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const message = `backend "${name}" did not open within ${timeoutMs} ms`;
      reject(
        new EngineError({ code: 'worker-timeout', message, detail: { backend: name, timeoutMs } }),
      );
    }, timeoutMs);
  });
  try {
    await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
}

function failed(
  name: BackendName,
  code: 'backend-unavailable' | 'backend-failed',
  cause: unknown,
): EngineError {
  if (cause instanceof EngineError) return cause;
  // The wasm backend rejects with a plain object that has a message.
  const reason =
    typeof cause === 'object' && cause !== null && 'message' in cause
      ? String(cause.message)
      : String(cause);
  return new EngineError({
    code,
    message: `backend "${name}": ${reason}`,
    detail: { backend: name },
  });
}
