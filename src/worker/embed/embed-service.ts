/** Handlers for loading a backbone and for embedding pictures with it. */
import type { BackendName } from '../../domain/backend.ts';
import type { EngineEvent, EngineRequestMap } from '../../protocol/engine-messages.ts';
import { EngineError } from '../../protocol/errors.ts';
import type { EngineSession } from '../backend/engine-session.ts';
import { loadBackbone } from '../backbone/load-backbone.ts';
import { throwIfAborted, withTransfer, type Handlers } from '../dispatch.ts';
import { createBatchTuner, type BatchTuner } from './batch-tuner.ts';
import { embedPixels } from './embed-pixels.ts';

type EmbedRequests = Pick<EngineRequestMap, 'backbone/load' | 'embed'>;

export function createEmbedService(session: EngineSession): Handlers<EmbedRequests, EngineEvent> {
  let tuner: BatchTuner | null = null;
  let latestLoad = 0;

  return {
    'backbone/load': async ({ card, artifacts }, { signal }) => {
      const { name } = session.requireBackend();
      const begun = performance.now();
      const turn = ++latestLoad;
      const { network, goldenError } = await loadBackbone(card, artifacts, signal);
      try {
        session.requireBackend();
        throwIfAborted(signal);
        if (turn !== latestLoad || session.backendName !== name) {
          throw new EngineError({ code: 'aborted', message: 'replaced by a later request' });
        }
      } catch (error) {
        network.dispose();
        throw error;
      }
      session.useNetwork(network);
      tuner = createBatchTuner(batchSizes(name, card.inputSize), hasFixedShapes(name));
      const embeddingWidth = card.embedding.width;
      return {
        backboneId: card.id,
        embeddingWidth,
        goldenError,
        folding: network.folding,
        loadMs: performance.now() - begun,
      };
    },

    embed: async ({ pixels, count }, { signal }) => {
      const network = session.requireNetwork();
      if (tuner === null) throw new Error('a loaded backbone has a tuner');
      const begun = performance.now();
      const embeddings = await embedPixels(network, pixels, count, {
        tuner,
        signal,
        assertUsable: () => {
          if (session.requireNetwork() === network) return;
          const message = 'the backbone was replaced meanwhile';
          throw new EngineError({ code: 'backbone-not-loaded', message });
        },
      });
      const computeMs = performance.now() - begun;
      const width = network.card.embedding.width;
      return withTransfer({ embeddings, width, computeMs }, [embeddings.buffer]);
    },
  };
}

/** Sizes worth trying: a GPU gains from large batches, a CPU mostly from staying in its cache. */
function batchSizes(backend: BackendName, inputSize: number): readonly number[] {
  const small = inputSize <= 160;
  if (backend === 'webgpu' || backend === 'webgl') return small ? [1, 4, 16, 32] : [1, 4, 16];
  return small ? [1, 4, 16] : [1, 4, 8];
}

function hasFixedShapes(backend: BackendName): boolean {
  return backend === 'webgpu' || backend === 'webgl';
}
