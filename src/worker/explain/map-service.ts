/** Handler that puts photos on a plane, in pieces short enough for a live prediction in between. */
import { makePhotoMap } from '../../domain/photo-map.ts';
import type { EngineEvent, EngineRequestMap } from '../../protocol/engine-messages.ts';
import { EngineError } from '../../protocol/errors.ts';
import { throwIfAborted, withTransfer, type Handlers } from '../dispatch.ts';
import { yieldToMessages } from '../embed/yield-to-messages.ts';

type MapRequests = Pick<EngineRequestMap, 'map/project'>;

/** Longest stretch without looking at messages. */
const PIECE_MS = 30;
const PROGRESS_EVERY_MS = 100;

export function createMapService(): Handlers<MapRequests, EngineEvent> {
  return {
    'map/project': async (request, { signal, emit }) => {
      const { embeddings, count, dim, mapId } = request;
      if (!Number.isSafeInteger(count) || count < 1 || embeddings.length !== count * dim) {
        const message = `${embeddings.length} numbers are not ${count} rows of ${dim}`;
        throw new EngineError({ code: 'bad-request', message });
      }
      const work = makePhotoMap(request);
      let yieldedAt = performance.now();
      let toldAt = yieldedAt;
      for (;;) {
        const step = work.next();
        if (step.done === true) {
          const map = step.value;
          return withTransfer(map, [map.positions.buffer, map.coordinates.buffer]);
        }
        const now = performance.now();
        if (now - toldAt > PROGRESS_EVERY_MS) {
          toldAt = now;
          emit({ type: 'map/progress', mapId, share: step.value });
        }
        if (now - yieldedAt > PIECE_MS) {
          await yieldToMessages();
          throwIfAborted(signal);
          yieldedAt = performance.now();
        }
      }
    },
  };
}
