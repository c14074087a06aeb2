/** Requests for photo maps: numbers them, so that each one's progress finds its way back. */
import type { PhotoMap, PhotoMapRequest } from '../domain/photo-map.ts';
import type { EngineEvent } from '../protocol/engine-messages.ts';
import type { WorkerSupervisor } from './worker-supervisor.ts';

/** Progress comes ten times a second, but not while a live prediction or a batch has its turn. */
const SILENCE_LIMIT_MS = 120_000;

export class MapClient {
  readonly #supervisor: WorkerSupervisor;
  readonly #listeners = new Map<string, (share: number) => void>();
  #made = 0;

  constructor(supervisor: WorkerSupervisor) {
    this.#supervisor = supervisor;
  }

  async project(
    request: PhotoMapRequest,
    onProgress: (share: number) => void,
    signal: AbortSignal | undefined,
  ): Promise<PhotoMap> {
    const mapId = `map-${String(++this.#made)}`;
    this.#listeners.set(mapId, onProgress);
    try {
      // Without lasting effect in the worker, so a new one can do it again.
      return await this.#supervisor.request(
        'map/project',
        { ...request, mapId },
        { signal, retry: true, silenceLimitMs: SILENCE_LIMIT_MS },
      );
    } finally {
      this.#listeners.delete(mapId);
    }
  }

  receive(event: EngineEvent): void {
    if (event.type === 'map/progress') this.#listeners.get(event.mapId)?.(event.share);
  }
}
