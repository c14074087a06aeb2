/** Creates engine, database and store once, outside React, and ties them together. */
import { createEngine } from '../engine/create-engine.ts';
import { spawnEngineWorker, spawnIntakeWorker } from '../engine/spawn-workers.ts';
import type { Translate } from '../i18n/translate.ts';
import { createApp, type App } from '../state/app-store.ts';
import { createMetricLog } from '../state/metric-log.ts';
import { browserTabs, createTabs } from '../state/services/tabs.ts';
import { createModelStore } from '../storage/open-model-store.ts';
import { openStorage } from '../storage/open-storage.ts';

export async function wireApp(t: Translate, applyUpdate: () => void): Promise<App> {
  const baseUrl = new URL('./', document.baseURI).href;
  const { storage, database } = await openStorage();
  const engine = createEngine({
    createEngineWorker: spawnEngineWorker,
    createIntakeWorker: spawnIntakeWorker,
    wasmPath: new URL('wasm/', baseUrl).href,
    hardwareConcurrency: navigator.hardwareConcurrency,
  });
  return createApp({
    engine,
    storage,
    modelStore: createModelStore(database),
    metricLog: createMetricLog(),
    fetch: (...args) => fetch(...args),
    appVersion: __APP_VERSION__,
    baseUrl,
    newId: newRandomId,
    now: () => Date.now(),
    names: {
      project: () => t('shell.default-project-name'),
      class: (n) => t('dataset.default-class-name', { n }),
      run: (n) => t('shell.default-run-name', { n }),
    },
    tabs: createTabs(browserTabs()),
    sessionId: tabSessionId(),
    reload: () => {
      location.reload();
    },
    applyUpdate,
    createObjectUrl: (blob) => URL.createObjectURL(blob),
    revokeObjectUrl: (url) => {
      URL.revokeObjectURL(url);
    },
  });
}

/** 128 random bits as hex. `crypto.randomUUID` is missing on plain-http school servers. */
function newRandomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const SESSION_KEY = 'headstart-session';

/** A tab of its own, over reloads. Blocked site data makes every reload a new session. */
function tabSessionId(): string {
  try {
    const known = sessionStorage.getItem(SESSION_KEY);
    if (known !== null) return known;
    const id = newRandomId();
    sessionStorage.setItem(SESSION_KEY, id);
    return id;
  } catch {
    return newRandomId();
  }
}
