/** Handlers for opening, checking and timing the worker's backend. */
import { memory } from '@tensorflow/tfjs-core';
import type { EngineEvent, EngineRequestMap } from '../../protocol/engine-messages.ts';
import { EngineError } from '../../protocol/errors.ts';
import { throwIfAborted, toErrorData, type Handlers } from '../dispatch.ts';
import { checkBackend } from './check-backend.ts';
import type { EngineSession } from './engine-session.ts';
import { openBackend } from './open-backend.ts';
import { measureHeadStepsPerSecond } from '../head/choose-head-math.ts';
import { timeImages } from './time-backend.ts';

type BackendRequests = Pick<
  EngineRequestMap,
  'backend/open' | 'backend/check' | 'backend/time' | 'memory'
>;

export function createBackendService(
  session: EngineSession,
): Handlers<BackendRequests, EngineEvent> {
  return {
    'backend/open': async ({ backend, wasmPath }, { emit }) => {
      const opened = await openBackend(backend, {
        wasmPath,
        onLost: () => {
          emit({ type: 'device-lost', backend });
        },
      });
      session.useBackend(opened);
      return { backend, openMs: opened.openMs, device: opened.device };
    },

    'backend/check': async () => {
      const { name } = session.requireBackend();
      try {
        return await checkBackend();
      } catch (error) {
        session.requireBackend(); // a lost device is the better explanation
        if (error instanceof EngineError) throw error;
        const message = toErrorData(error).message;
        throw new EngineError({ code: 'backend-failed', message, detail: { backend: name } });
      }
    },

    'backend/time': async ({ imageBatch, budgetMs }, { signal }) => {
      session.requireBackend();
      if (!(imageBatch >= 1 && imageBatch <= 64) || !(budgetMs >= 0)) {
        throw new EngineError({ code: 'bad-request', message: 'imageBatch must be 1 to 64' });
      }
      const { network } = session;
      const share = network === null ? 1 : 0.5;
      const headStepsPerSecond = await measureHeadStepsPerSecond(budgetMs * share);
      throwIfAborted(signal);
      const imagesPerSecond =
        network === null
          ? null
          : await timeImages(network, Math.floor(imageBatch), budgetMs * share, signal);
      session.requireBackend(); // figures of a lost device mean nothing
      return { imagesPerSecond, headStepsPerSecond };
    },

    memory: () => {
      const { name } = session.requireBackend();
      const { numTensors, numBytes } = memory();
      return { backend: name, tensors: numTensors, bytes: numBytes };
    },
  };
}
