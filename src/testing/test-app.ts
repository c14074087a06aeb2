/** A whole app without a browser: real store, real storage on an in-memory IndexedDB, fake engine. */
import 'fake-indexeddb/auto';
import type { BackboneCard } from '../domain/backbone-card.ts';
import { createApp, type App } from '../state/app-store.ts';
import { createMetricLog } from '../state/metric-log.ts';
import type { AppServices } from '../state/services/app-services.ts';
import { createTabs } from '../state/services/tabs.ts';
import { openStorage } from '../storage/open-storage.ts';
import { createModelStore } from '../storage/open-model-store.ts';
import { createFakeEngine, type FakeEngine } from './fake-engine.ts';
import { fakeCard } from './fake-engine-worker.ts';

export interface TestApp extends App {
  readonly engine: FakeEngine;
  readonly databaseName: string;
}

let databases = 0;

const WEIGHTS = new Uint8Array(16);
const MODEL_JSON = { weightsManifest: [{ paths: ['weights.bin'], weights: [] }] };

function builtInManifest(): BackboneCard {
  const card = fakeCard('headstart-v2-050', 4, 16);
  const files = ['model.json', 'weights.bin'].map((path) => ({ path, bytes: 8, sha256: null }));
  return { ...card, source: { ...card.source, kind: 'built-in' }, files };
}

/** What the app's own server would answer. */
const serveModels: typeof fetch = (input) => {
  const { pathname } = new URL(input instanceof Request ? input.url : input);
  const json = (body: unknown): Response => Response.json(body);
  if (pathname.endsWith('/headstart-v2-050/manifest.json'))
    return Promise.resolve(json(builtInManifest()));
  if (pathname.endsWith('/model.json')) return Promise.resolve(json(MODEL_JSON));
  if (pathname.endsWith('/weights.bin')) return Promise.resolve(new Response(WEIGHTS));
  return Promise.resolve(new Response('', { status: 404 }));
};

/** Opens (again) the database of that name; without one, a fresh empty database. */
export async function createTestApp(
  databaseName = `test-${String(++databases)}`,
  change: Partial<AppServices> = {},
): Promise<TestApp> {
  const { storage, database } = await openStorage(databaseName);
  const engine = createFakeEngine();
  let ids = 0;
  const app = createApp({
    engine,
    storage,
    modelStore: createModelStore(database),
    metricLog: createMetricLog(1000),
    fetch: serveModels,
    appVersion: 'test',
    baseUrl: 'http://localhost/',
    newId: () => `${databaseName}-${String(performance.now())}-${String(++ids)}`,
    now: () => Date.now(),
    names: {
      project: () => 'My project',
      class: (n) => `Class ${String(n)}`,
      run: (n) => `Run ${String(n)}`,
    },
    tabs: createTabs({ locks: undefined, createChannel: undefined }),
    sessionId: 'test',
    reload: () => undefined,
    applyUpdate: () => undefined,
    createObjectUrl: () => 'blob:test',
    revokeObjectUrl: () => undefined,
    ...change,
  });
  return { ...app, engine, databaseName };
}
