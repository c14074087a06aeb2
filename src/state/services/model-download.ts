/**
 * Gets the bytes of a backbone: built-in and self-hosted ones from the app's own server, downloads
 * from their publisher into the model store, in pieces that survive a broken connection.
 */
import type { BackboneArtifacts, BackboneCard, BackboneFile } from '../../domain/backbone-card.ts';
import { sha256Hex } from '../../domain/sha256.ts';
import type { ModelStore } from '../../storage/model-store.ts';
import { StorageError } from '../../storage/storage.ts';

export type ModelDownloadErrorCode =
  'offline' | 'http' | 'checksum' | 'too-large' | 'aborted' | 'storage-full' | 'backbone-invalid';

export class ModelDownloadError extends Error {
  readonly code: ModelDownloadErrorCode;
  constructor(code: ModelDownloadErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ModelDownloadError';
    this.code = code;
  }
}

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

/** Written to the store at once when so much has arrived: a broken download loses less than this. */
const CHUNK_BYTES = 256 * 1024;
/** Room for a publisher's file being somewhat larger than the card says. */
const MAX_FILE_BYTES = 128 * 1024 * 1024;
const MAX_MODEL_JSON_BYTES = 4 * 1024 * 1024;

/**
 * Fetches every file of a backbone, going on where an earlier try stopped. What has arrived stays in
 * the store when this rejects, except a file whose hash is wrong.
 * Throws ModelDownloadError.
 */
export async function downloadBackbone(
  card: BackboneCard,
  options: DownloadOptions,
): Promise<void> {
  const { store, onProgress } = options;
  const stored = (await store.list()).get(card.id) ?? [];
  const receivedOf = new Map(stored.map((file) => [file.path, file.receivedBytes]));
  let totalBytes = card.totalBytes;
  const report = (path: string, received: number, verifying = false): void => {
    receivedOf.set(path, received);
    const receivedBytes = [...receivedOf.values()].reduce((sum, n) => sum + n, 0);
    totalBytes = Math.max(totalBytes, receivedBytes);
    onProgress({ receivedBytes, totalBytes, verifying });
  };
  const take = async (file: BackboneFile): Promise<void> => {
    const known = stored.find((other) => other.path === file.path);
    if (known?.sha256 != null) return;
    await fetchFile(card, file, options, (received) => {
      report(file.path, received);
    });
    report(file.path, receivedOf.get(file.path) ?? 0, true);
    await verifyFile(card, file, store);
  };
  const modelFile = card.files.find((file) => file.path === MODEL_JSON);
  await take(modelFile ?? unlistedFile(MODEL_JSON));
  // model.json is the authority on how its weights are cut; a card may list them for their hashes.
  for (const path of await storedManifestPaths(card, store)) {
    await take(card.files.find((file) => file.path === path) ?? unlistedFile(path));
  }
}

function unlistedFile(path: string): BackboneFile {
  return { path, bytes: 0, sha256: null };
}

async function storedManifestPaths(
  card: BackboneCard,
  store: ModelStore,
): Promise<readonly string[]> {
  const bytes = await store.readFile(card.id, MODEL_JSON);
  const paths = bytes === null ? [] : manifestPaths(parseJson(bytes));
  if (paths.length === 0)
    throw new ModelDownloadError('backbone-invalid', 'no weights in model.json');
  return paths;
}

/** Whether every file that model.json names is here and was checked. */
export async function isDownloaded(card: BackboneCard, store: ModelStore): Promise<boolean> {
  const files = (await store.list()).get(card.id) ?? [];
  const checked = new Set(files.filter((file) => file.sha256 !== null).map((file) => file.path));
  if (!checked.has(MODEL_JSON)) return false;
  const paths = await storedManifestPaths(card, store);
  return paths.every((path) => checked.has(path));
}

async function fetchFile(
  card: BackboneCard,
  file: BackboneFile,
  { fetch: fetchFn, store, signal }: DownloadOptions,
  onReceived: (bytes: number) => void,
): Promise<void> {
  const stored = (await store.list()).get(card.id)?.find((other) => other.path === file.path);
  let offset = stored?.receivedBytes ?? 0;
  if (stored !== undefined && offset > 0 && offset === stored.totalBytes) return;
  const url = new URL(file.path, new URL(card.source.modelUrl));
  const headers: HeadersInit = offset > 0 ? { Range: `bytes=${String(offset)}-` } : {};
  try {
    const response = await fetchFn(url, {
      headers,
      signal,
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
    });
    if (response.status === 416) {
      // The stored part is longer than the file: it belongs to another version.
      await store.removeFile(card.id, file.path);
      throw new ModelDownloadError('checksum', `${file.path}: stored part does not fit`);
    }
    if (!response.ok || response.body === null) {
      throw new ModelDownloadError('http', `${file.path}: HTTP ${String(response.status)}`);
    }
    if (offset > 0 && response.status !== 206) {
      // This server sends the whole file again.
      await store.removeFile(card.id, file.path);
      offset = 0;
    }
    const totalBytes = totalOf(response, offset);
    if (totalBytes > MAX_FILE_BYTES) throw new ModelDownloadError('too-large', file.path);
    await storeBody(response.body, { card, file, store, offset, totalBytes, onReceived });
  } catch (error) {
    throw toDownloadError(error, signal);
  }
}

interface BodyTarget {
  readonly card: BackboneCard;
  readonly file: BackboneFile;
  readonly store: ModelStore;
  readonly offset: number;
  /** 0 when the server does not say. */
  readonly totalBytes: number;
  readonly onReceived: (bytes: number) => void;
}

async function storeBody(body: ReadableStream<Uint8Array>, target: BodyTarget): Promise<void> {
  const { card, file, store, totalBytes, onReceived } = target;
  let offset = target.offset;
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  const flush = async (isLast: boolean): Promise<void> => {
    if (pendingBytes === 0) return;
    const chunk = concat(pending, pendingBytes);
    pending = [];
    pendingBytes = 0;
    const end = offset + chunk.length;
    if (end > MAX_FILE_BYTES) throw new ModelDownloadError('too-large', file.path);
    // Without a length from the server, the last chunk is what makes the file complete.
    const total = totalBytes > 0 ? totalBytes : isLast ? end : end + 1;
    await store.appendChunk(card.id, file.path, offset, total, chunk);
    offset = end;
    onReceived(offset);
  };
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      pending.push(value);
      pendingBytes += value.length;
      if (pendingBytes >= CHUNK_BYTES) await flush(false);
    }
    await flush(true);
  } catch (error) {
    // What has arrived is worth keeping; only then is the error passed on.
    await flush(false).catch(() => undefined);
    throw error;
  } finally {
    reader.releaseLock();
  }
  if (totalBytes > 0 && offset !== totalBytes) {
    throw new ModelDownloadError('offline', `${file.path}: connection closed early`);
  }
}

function totalOf(response: Response, offset: number): number {
  const range = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
  if (range?.[1] !== undefined) return Number(range[1]);
  // The length of a compressed answer is not the length of the file.
  if (response.headers.get('content-encoding') !== null) return 0;
  const length = Number(response.headers.get('content-length'));
  return Number.isFinite(length) && length > 0 ? offset + length : 0;
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

const MODEL_JSON = 'model.json';

export interface LoadOptions {
  readonly fetch: typeof fetch;
  readonly store: ModelStore;
  /** Folder of the app, ends in '/'. */
  readonly baseUrl: string;
}

/**
 * All bytes of a backbone that is available, checked against the card (or the pinned hash).
 * Throws ModelDownloadError.
 */
export async function loadArtifacts(
  card: BackboneCard,
  options: LoadOptions,
): Promise<BackboneArtifacts> {
  const read = card.source.kind === 'download' ? readStored : readServed;
  const modelBytes = await read(card, MODEL_JSON, options);
  const modelJson = parseJson(modelBytes);
  const paths = manifestPaths(modelJson);
  if (paths.length === 0)
    throw new ModelDownloadError('backbone-invalid', 'no weights in model.json');
  const parts = await Promise.all(paths.map((path) => read(card, path, options)));
  const total = parts.reduce((sum, part) => sum + part.byteLength, 0);
  const weights = concat(
    parts.map((part) => new Uint8Array(part)),
    total,
  ).buffer;
  return { modelJson, weights, weightsSha256: await hashOf(weights) };
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
    throw new ModelDownloadError('checksum', `${path} changed since it was downloaded`);
  }
  return bytes;
}

async function readServed(
  card: BackboneCard,
  path: string,
  options: LoadOptions,
): Promise<ArrayBuffer> {
  const url = new URL(path, new URL(card.source.modelUrl, options.baseUrl));
  const limit = path === MODEL_JSON ? MAX_MODEL_JSON_BYTES : MAX_FILE_BYTES;
  let bytes: ArrayBuffer;
  try {
    const response = await options.fetch(url);
    if (!response.ok)
      throw new ModelDownloadError('http', `${path}: HTTP ${String(response.status)}`);
    if (Number(response.headers.get('content-length') ?? 0) > limit) {
      throw new ModelDownloadError('too-large', path);
    }
    bytes = await response.arrayBuffer();
  } catch (error) {
    throw toDownloadError(error, null);
  }
  if (bytes.byteLength > limit) throw new ModelDownloadError('too-large', path);
  const wanted = card.files.find((file) => file.path === path)?.sha256 ?? null;
  if (wanted !== null && (await hashOf(bytes)) !== wanted) {
    throw new ModelDownloadError('checksum', `${path} is not the file the card describes`);
  }
  return bytes;
}

/** Weight files in manifest order; names that leave the folder are refused. */
export function manifestPaths(modelJson: unknown): readonly string[] {
  const groups: unknown = isRecord(modelJson) ? modelJson['weightsManifest'] : null;
  if (!Array.isArray(groups)) return [];
  const paths = groups.flatMap((group: unknown) => {
    const list: unknown = isRecord(group) ? group['paths'] : null;
    return Array.isArray(list) ? (list as unknown[]) : [];
  });
  const safe = paths.filter(
    (path): path is string => typeof path === 'string' && /^[\w][\w.-]*$/.test(path),
  );
  if (safe.length !== paths.length) {
    throw new ModelDownloadError('backbone-invalid', 'a weight file has an unusable name');
  }
  return safe;
}

function parseJson(bytes: ArrayBuffer): unknown {
  if (bytes.byteLength > MAX_MODEL_JSON_BYTES)
    throw new ModelDownloadError('too-large', MODEL_JSON);
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch (error) {
    throw new ModelDownloadError('backbone-invalid', 'model.json is not JSON', { cause: error });
  }
}

/** `crypto.subtle` is missing on plain-http addresses, where school servers often are. */
async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const subtle = (globalThis.crypto as Crypto | undefined)?.subtle;
  if (subtle === undefined) return sha256Hex(new Uint8Array(bytes));
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function concat(parts: readonly Uint8Array[], total: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(total);
  let offset = 0;
  for (const part of parts) {
    all.set(part, offset);
    offset += part.length;
  }
  return all;
}

function toDownloadError(error: unknown, signal: AbortSignal | null): ModelDownloadError {
  if (error instanceof ModelDownloadError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (signal?.aborted === true) return new ModelDownloadError('aborted', message, { cause: error });
  if (error instanceof StorageError && error.code === 'quota-exceeded') {
    return new ModelDownloadError('storage-full', message, { cause: error });
  }
  return new ModelDownloadError('offline', message, { cause: error });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
