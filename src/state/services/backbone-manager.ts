/**
 * Which backbones there are, which can be used without a network, and which one is loaded. Loading
 * a backbone re-embeds whatever is missing; the photos themselves never change.
 */
import { BACKBONE_CATALOGUE } from '../../domain/backbone-catalogue.ts';
import type { BackboneArtifacts, BackboneCard } from '../../domain/backbone-card.ts';
import { EngineError } from '../../protocol/errors.ts';
import type { StoreAccess } from '../slice-tools.ts';
import type { AppServices } from './app-services.ts';
import type { DatasetEditor } from './dataset-editor.ts';
import type { Embedder } from './embedder.ts';
import { downloadBackbone, isDownloaded, loadArtifacts } from './model-download.ts';
import { ModelDownloadError } from './model-files.ts';

export const BUILT_IN_BACKBONE_ID = 'headstart-v2-050';
const MODELS_FOLDER = 'models/';
const FILE_BACKBONES = 'file-backbones';

export interface BackboneManager {
  /** Fills `backbones` and `availableBackbones`; never rejects for a bad self-hosted manifest. */
  discover(): Promise<void>;
  /** Loads this backbone, or the first that can be used without a network. */
  loadPreferred(id: string): Promise<void>;
  load(id: string): Promise<void>;
  /** The bytes of the loaded backbone, for the survey. */
  loaded(): { card: BackboneCard; artifacts: BackboneArtifacts } | null;
  download(id: string): Promise<void>;
  cancelDownload(): void;
  remove(id: string): Promise<void>;
  /** A backbone that came with an opened model: kept on this device and offered like the others. */
  addFromFile(card: BackboneCard): Promise<void>;
}

export function createBackboneManager({
  get,
  set,
  services,
  embedder,
  editor,
}: StoreAccess & {
  services: AppServices;
  embedder: Embedder;
  editor: DatasetEditor;
}): BackboneManager {
  const { engine, modelStore } = services;
  let current: { card: BackboneCard; artifacts: BackboneArtifacts } | null = null;
  let downloadAbort: AbortController | null = null;
  /** Only the newest of several quick choices may win. */
  let ticket = 0;

  async function fetchJson(path: string): Promise<unknown> {
    const response = await services.fetch(new URL(path, services.baseUrl));
    // A server with a catch-all answers a missing file with the app's page.
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return response.ok && isJson ? ((await response.json()) as unknown) : null;
  }

  async function readManifest(id: string, kind: 'built-in' | 'self-hosted') {
    const json = await fetchJson(`${MODELS_FOLDER}${id}/manifest.json`).catch(() => null);
    if (json === null) return null;
    const parsed = (await manifestFormat()).parseBackboneManifest(json, id);
    if (!parsed.ok) return null;
    const card = parsed.card;
    const modelUrl = `${MODELS_FOLDER}${id}/model.json`;
    return { ...card, source: { ...card.source, kind, modelUrl } } satisfies BackboneCard;
  }

  async function selfHostedCards(): Promise<readonly BackboneCard[]> {
    const json = await fetchJson(`${MODELS_FOLDER}index.json`).catch(() => null);
    if (json === null) return [];
    const parsed = (await manifestFormat()).parseBackboneIndex(json);
    if (!parsed.ok) return [];
    const cards = await Promise.all(parsed.ids.map((id) => readManifest(id, 'self-hosted')));
    return cards.filter((card) => card !== null);
  }

  /** Cards of backbones that came out of files; the files themselves are in the model store. */
  async function fileCards(): Promise<readonly BackboneCard[]> {
    const kept = await services.storage.getSetting(FILE_BACKBONES).catch(() => null);
    if (!Array.isArray(kept) || kept.length === 0) return [];
    const { parseBackboneManifest } = await manifestFormat();
    const parsed = (kept as readonly unknown[]).map((card) => parseBackboneManifest(card));
    return parsed.flatMap((one) => (one.ok && one.card.source.kind === 'file' ? [one.card] : []));
  }

  async function refreshDownloads(): Promise<void> {
    const stored = await modelStore.list().catch(() => new Map<string, never>());
    const available = new Set<string>();
    const partial = new Set<string>();
    for (const card of get().backbones) {
      const isServed = card.source.kind === 'built-in' || card.source.kind === 'self-hosted';
      if (isServed) available.add(card.id);
      if ((stored.get(card.id) ?? []).length === 0) continue;
      const complete = await isDownloaded(card, modelStore).catch(() => false);
      (complete ? available : partial).add(card.id);
    }
    set({ availableBackbones: available, partialBackbones: partial });
  }

  async function load(id: string): Promise<void> {
    const card = get().backbones.find((other) => other.id === id);
    if (card === undefined) return;
    const mine = ++ticket;
    set({ backboneStatus: { kind: 'loading', backboneId: id } });
    embedder.setSource(null);
    try {
      const artifacts = await loadArtifacts(card, {
        fetch: services.fetch,
        store: modelStore,
        baseUrl: services.baseUrl,
      });
      if (mine !== ticket) return;
      const loaded = await engine.loadBackbone(card, artifacts);
      if (mine !== ticket) return;
      current = { card, artifacts };
      const { loadMs, goldenError, folding, embeddingWidth } = loaded;
      const { weightsSha256 } = artifacts;
      const identity = { backboneId: id, weightsSha256 };
      set({ backboneStatus: { kind: 'ready', ...identity, loadMs, goldenError, folding } });
      embedder.setSource({
        ...identity,
        inputSize: card.inputSize,
        width: embeddingWidth,
      });
      editor.saveProject();
      void embedder.ensure();
    } catch (error) {
      if (mine !== ticket) return;
      set({ backboneStatus: { kind: 'failed', backboneId: id, code: codeOf(error) } });
    }
  }

  async function download(id: string): Promise<void> {
    const card = get().backbones.find((other) => other.id === id);
    if (card === undefined || downloadAbort !== null) return;
    const abort = new AbortController();
    downloadAbort = abort;
    const status = { backboneId: id, totalBytes: card.totalBytes, errorCode: null } as const;
    set({ download: { ...status, receivedBytes: 0, status: 'running' } });
    try {
      await downloadBackbone(card, {
        fetch: services.fetch,
        store: modelStore,
        signal: abort.signal,
        onProgress: ({ receivedBytes, totalBytes, verifying }) => {
          set({
            download: {
              ...status,
              receivedBytes,
              totalBytes,
              status: verifying ? 'verifying' : 'running',
            },
          });
        },
      });
      set({ download: null });
      await refreshDownloads();
      await load(id);
    } catch (error) {
      const code = codeOf(error);
      const receivedBytes = get().download?.receivedBytes ?? 0;
      set({
        download:
          code === 'aborted'
            ? null
            : { ...status, receivedBytes, status: 'failed', errorCode: code },
      });
      await refreshDownloads();
    } finally {
      downloadAbort = null;
    }
  }

  return {
    async discover() {
      const [selfHosted, builtIn, fromFiles] = await Promise.all([
        selfHostedCards(),
        readManifest(BUILT_IN_BACKBONE_ID, 'built-in'),
        fileCards(),
      ]);
      const own = builtIn === null ? [] : [builtIn];
      const known = new Set([...selfHosted, ...own].map((card) => card.id));
      const downloads = BACKBONE_CATALOGUE.filter((card) => !known.has(card.id));
      set({ backbones: [...selfHosted, ...own, ...fromFiles, ...downloads] });
      await refreshDownloads();
    },
    async loadPreferred(id) {
      const { availableBackbones, backbones } = get();
      const fallback = backbones.find((card) => availableBackbones.has(card.id))?.id;
      const chosen = availableBackbones.has(id) ? id : fallback;
      if (chosen === undefined) {
        set({ backboneStatus: { kind: 'failed', backboneId: id, code: 'offline' } });
        return;
      }
      await load(chosen);
    },
    load,
    loaded: () => current,
    download,
    cancelDownload() {
      downloadAbort?.abort();
      if (get().download?.status === 'failed') set({ download: null });
    },
    async addFromFile(card) {
      const others = (await fileCards()).filter((one) => one.id !== card.id);
      await services.storage.putSetting(FILE_BACKBONES, [...others, card]);
      const { backbones } = get();
      set({ backbones: [...backbones.filter((one) => one.id !== card.id), card] });
      await refreshDownloads();
    },
    async remove(id) {
      await modelStore.remove(id);
      if (get().backbones.find((card) => card.id === id)?.source.kind === 'file') {
        const others = (await fileCards()).filter((card) => card.id !== id);
        await services.storage.putSetting(FILE_BACKBONES, others);
        set({ backbones: get().backbones.filter((card) => card.id !== id) });
      }
      await refreshDownloads();
      const { backboneStatus } = get();
      const inUse = backboneStatus.kind !== 'none' && backboneStatus.backboneId === id;
      if (inUse) await load(BUILT_IN_BACKBONE_ID);
    },
  };
}

/** In a chunk of its own: the schema library is not needed for the first screen. */
function manifestFormat() {
  return import('../../formats/backbone-manifest.ts');
}

function codeOf(error: unknown): string {
  if (error instanceof EngineError || error instanceof ModelDownloadError) return error.code;
  return 'internal';
}
