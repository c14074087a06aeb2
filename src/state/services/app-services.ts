/** Everything the store works with, created once in `app/wire.ts` and handed in; tests hand in fakes. */
import type { Engine } from '../../engine/engine.ts';
import type { ModelStore } from '../../storage/model-store.ts';
import type { Storage } from '../../storage/storage.ts';
import type { MetricLog } from '../metric-log.ts';
import type { Tabs } from './tabs.ts';

export interface AppServices {
  readonly engine: Engine;
  readonly storage: Storage;
  readonly modelStore: ModelStore;
  readonly metricLog: MetricLog;
  readonly fetch: typeof fetch;
  readonly appVersion: string;
  /** Folder of the app, ends in '/'; relative model URLs are resolved against it. */
  readonly baseUrl: string;
  /** New random id. */
  readonly newId: () => string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Names given to new things, from the message catalogue. */
  readonly names: {
    readonly project: () => string;
    readonly class: (n: number) => string;
    readonly run: (n: number) => string;
  };
  /** The other tabs of this browser. */
  readonly tabs: Tabs;
  /** Stays over reloads of this tab, and ends with it. */
  readonly sessionId: string;
  /** Starts the page again; nothing of the state in memory lives on. */
  readonly reload: () => void;
  /** Reloads into the waiting version. */
  readonly applyUpdate: () => void;
  readonly createObjectUrl: (blob: Blob) => string;
  readonly revokeObjectUrl: (url: string) => void;
}
