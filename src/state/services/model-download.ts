/**
 * Gets the bytes of a backbone: built-in and self-hosted ones from the app's own server, downloads
 * from their publisher into the model store, in pieces that survive a broken connection.
 */
import { joinBytes } from '../../domain/join-blocks.ts';
import type { BackboneArtifacts, BackboneCard, BackboneFile } from '../../domain/backbone-card.ts';
import type { ModelStore } from '../../storage/model-store.ts';
import { fetchModelFile } from './model-file-fetch.ts';
import {
  hashOf,
  manifestPaths,
  MAX_FILE_BYTES,
  MAX_MODEL_JSON_BYTES,
  MODEL_JSON,
  ModelDownloadError,
  parseModelJson,
  toDownloadError,
} from './model-files.ts';

export interface DownloadProgress {
  readonly receivedBytes: number;
  readonly totalBytes: number;
  readonly verifying: boolean;
}

export interface DownloadOptions {
  readonly fetch: typeof fetch;
  readonly store: ModelStore;
  readonly onProgress: (progress: DownloadProgress) => void;
  readonly signal: AbortSignal;
}

/**
 * Fetches every file of a backbone, going on where an earlier try stopped. What has arrived stays in
 * the store when this rejects, except a file whose hash is wrong.
 * Throws ModelDownloadError only.
 */
export async function downloadBackbone(
  card: BackboneCard,
  options: DownloadOptions,
): Promise<void> {
  try {
    await downloadFiles(card, options);
  } catch (error) {
    throw toDownloadError(error, options.signal);
  }
}

async function downloadFiles(card: BackboneCard, options: DownloadOptions): Promise<void> {
  const { store, onProgress, signal } = options;
  const stored = (await store.list()).get(card.id) ?? [];
  const receivedOf = new Map(stored.map((file) => [file.path, file.receivedBytes]));
  let totalBytes = card.totalBytes;
  const report = (path: string, received: number, verifying = false): void => {
    receivedOf.set(path, received);
    const receivedBytes = [...receivedOf.values()].reduce((sum, n) => sum + n, 0);
    totalBytes = Math.max(totalBytes, receivedBytes);
    onProgress({ receivedBytes, totalBytes, verifying });
  };
  const take = async (path: string): Promise<void> => {
    const file = card.files.find((other) => other.path === path) ?? unlistedFile(path);
    const known = stored.find((other) => other.path === path)?.sha256 ?? null;
    if (known !== null && (file.sha256 === null || file.sha256 === known)) return;
    // Kept from an older version of the card: fetched again.
    if (known !== null) await store.removeFile(card.id, path);
    const onReceived = (received: number): void => {
      report(path, received);
    };
    await fetchModelFile({ card, file, fetch: options.fetch, store, signal, onReceived });
    report(path, receivedOf.get(path) ?? 0, true);
    await verifyFile(card, file, store);
  };
  await take(MODEL_JSON);
  // model.json is the authority on how its weights are cut; a card may list them for their hashes.
  for (const path of await storedManifestPaths(card, store)) await take(path);
}

function unlistedFile(path: string): BackboneFile {
  return { path, bytes: 0, sha256: null };
}

/** Checks the card's hash; without one, the first complete download is pinned and trusted from then on. */
async function verifyFile(
  card: BackboneCard,
  file: BackboneFile,
  store: ModelStore,
): Promise<void> {
  const bytes = await store.readFile(card.id, file.path);
  if (bytes === null) throw new ModelDownloadError('offline', `${file.path} is not complete`);
  const hash = await hashOf(bytes);
  if (file.sha256 !== null && hash !== file.sha256) {
    await store.removeFile(card.id, file.path);
    throw new ModelDownloadError('checksum', `${file.path}: sha256 is ${hash}`);
  }
  await store.markComplete(card.id, file.path, hash);
}

async function storedManifestPaths(
  card: BackboneCard,
  store: ModelStore,
): Promise<readonly string[]> {
  const bytes = await store.readFile(card.id, MODEL_JSON);
  return bytes === null ? [] : requirePaths(parseModelJson(bytes));
}

function requirePaths(modelJson: unknown): readonly string[] {
  const paths = manifestPaths(modelJson);
  if (paths.length > 0) return paths;
  throw new ModelDownloadError('backbone-invalid', 'no weights in model.json');
}

/** Whether every file that model.json names is here and was checked. */
export async function isDownloaded(card: BackboneCard, store: ModelStore): Promise<boolean> {
  const files = (await store.list()).get(card.id) ?? [];
  const checked = new Set(files.filter((file) => file.sha256 !== null).map((file) => file.path));
  if (!checked.has(MODEL_JSON)) return false;
  const paths = await storedManifestPaths(card, store);
  return paths.length > 0 && paths.every((path) => checked.has(path));
}

export interface LoadOptions {
  readonly fetch: typeof fetch;
  readonly store: ModelStore;
  /** Folder of the app, ends in '/'. */
  readonly baseUrl: string;
}

/**
 * All bytes of a backbone that is available, checked against the card (or the pinned hash). A
 * downloaded file that is not what it was is removed, so that downloading again mends it.
 * Throws ModelDownloadError only.
 */
export async function loadArtifacts(
  card: BackboneCard,
  options: LoadOptions,
): Promise<BackboneArtifacts> {
  try {
    const isStored = card.source.kind === 'download' || card.source.kind === 'file';
    const read = isStored ? readStored : readServed;
    const modelJson = parseModelJson(await read(card, MODEL_JSON, options));
    const paths = requirePaths(modelJson);
    const parts = await Promise.all(paths.map((path) => read(card, path, options)));
    const weights = joinBytes(parts.map((part) => new Uint8Array(part))).buffer;
    return { modelJson, weights, weightsSha256: await hashOf(weights) };
  } catch (error) {
    throw toDownloadError(error, null);
  }
}

async function readStored(
  card: BackboneCard,
  path: string,
  { store }: LoadOptions,
): Promise<ArrayBuffer> {
  const bytes = await store.readFile(card.id, path);
  if (bytes === null) throw new ModelDownloadError('offline', `${path} was not downloaded`);
  const pinned = (await store.list()).get(card.id)?.find((file) => file.path === path)?.sha256;
  if (pinned == null || (await hashOf(bytes)) !== pinned) {
    await store.removeFile(card.id, path);
    throw new ModelDownloadError('checksum', `${path} changed since it was downloaded`);
  }
  return bytes;
}

async function readServed(
  card: BackboneCard,
  path: string,
  options: LoadOptions,
): Promise<ArrayBuffer> {
  const modelUrl = new URL(card.source.modelUrl, options.baseUrl);
  const url = path === MODEL_JSON ? modelUrl : new URL(path, modelUrl);
  const wanted = card.files.find((file) => file.path === path)?.sha256 ?? null;
  // Kept for offline use by address: a model replaced under the same id must have another address,
  // or the copy of the one before would be met first. The built-in one comes with the app.
  if (card.source.kind === 'self-hosted' && wanted !== null) {
    url.searchParams.set('v', wanted.slice(0, 16));
  }
  const limit = path === MODEL_JSON ? MAX_MODEL_JSON_BYTES : MAX_FILE_BYTES;
  const response = await options.fetch(url);
  if (!response.ok) throw new ModelDownloadError('http', `${path}: HTTP ${response.status}`);
  if (Number(response.headers.get('content-length') ?? 0) > limit) {
    throw new ModelDownloadError('too-large', path);
  }
  const bytes = await response.arrayBuffer();
  if (bytes.byteLength > limit) throw new ModelDownloadError('too-large', path);
  if (wanted !== null && (await hashOf(bytes)) !== wanted) {
    throw new ModelDownloadError('checksum', `${path} is not the file the card describes`);
  }
  return bytes;
}
