/** What one engine worker has open: a backend and, on it, a backbone. Shared by the services. */
import type { BackendName } from '../../domain/backend.ts';
import { EngineError } from '../../protocol/errors.ts';
import type { BackboneNetwork } from '../backbone/backbone-network.ts';
import type { OpenedBackend } from './open-backend.ts';

export class EngineSession {
  #backend: OpenedBackend | null = null;
  #network: BackboneNetwork | null = null;

  get network(): BackboneNetwork | null {
    return this.#network;
  }

  get backendName(): BackendName | null {
    return this.#backend?.name ?? null;
  }

  /** A backbone belongs to the backend it was loaded on and goes with it. */
  useBackend(backend: OpenedBackend): void {
    this.useNetwork(null);
    this.#backend = backend;
  }

  /** Replaces the backbone and disposes of the one before. */
  useNetwork(network: BackboneNetwork | null): void {
    const before = this.#network;
    this.#network = network;
    if (before !== null && before !== network) before.dispose();
  }

  /** @throws EngineError `bad-request` before a backend is open, `device-lost` after its GPU is gone. */
  requireBackend(): OpenedBackend {
    if (this.#backend === null) {
      throw new EngineError({ code: 'bad-request', message: 'no backend is open' });
    }
    if (this.#backend.isLost()) {
      const detail = { backend: this.#backend.name };
      throw new EngineError({ code: 'device-lost', message: 'the GPU is gone', detail });
    }
    return this.#backend;
  }

  /** @throws as requireBackend, and `backbone-not-loaded`. */
  requireNetwork(): BackboneNetwork {
    this.requireBackend();
    if (this.#network === null) {
      throw new EngineError({ code: 'backbone-not-loaded', message: 'no backbone is loaded' });
    }
    return this.#network;
  }
}
