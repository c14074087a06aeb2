/**
 * Fetches one file of a backbone into the model store, in pieces, going on where an earlier try
 * stopped. A server that cannot go on (or has another file by now) makes it start over by itself.
 */
import { joinBytes } from '../../domain/join-blocks.ts';
import type { BackboneCard, BackboneFile } from '../../domain/backbone-card.ts';
import type { ModelStore } from '../../storage/model-store.ts';
import {
  MAX_FILE_BYTES,
  MAX_MODEL_JSON_BYTES,
  MODEL_JSON,
  ModelDownloadError,
} from './model-files.ts';

/** Written to the store at once when so much has arrived: a broken download loses less than this. */
const CHUNK_BYTES = 256 * 1024;

export interface FileFetch {
  readonly card: BackboneCard;
  readonly file: BackboneFile;
  readonly fetch: typeof fetch;
  readonly store: ModelStore;
  readonly signal: AbortSignal;
  /** Bytes of this file that are in the store now. */
  readonly onReceived: (bytes: number) => void;
}

/** Throws ModelDownloadError, StorageError, or what `fetch` throws. What has arrived is kept. */
export async function fetchModelFile(job: FileFetch): Promise<void> {
  const { card, file, store } = job;
  const stored = (await store.list()).get(card.id)?.find((other) => other.path === file.path);
  const offset = stored?.receivedBytes ?? 0;
  if (stored !== undefined && offset > 0) {
    if (offset === stored.totalBytes) return;
    if (await goOn(job, offset, stored.totalBytes)) return;
    await store.removeFile(card.id, file.path);
    job.onReceived(0);
  }
  const response = await request(job, {});
  await storeBody(job, response, 0, lengthOf(response, 0));
}

/** False when the rest cannot be had or belongs to another file. */
async function goOn(job: FileFetch, offset: number, expectedBytes: number): Promise<boolean> {
  const { fetch: fetchFn, signal } = job;
  // A server may refuse the range header for other origins; the browser then reports no answer at
  // all. If it really is offline, the request without a range will say so and nothing is lost yet.
  const response = await request(job, { Range: `bytes=${offset}-` }).catch(
    async (error: unknown) => {
      if (signal.aborted || error instanceof ModelDownloadError) throw error;
      const probe = await fetchFn(urlOf(job), { method: 'HEAD', signal, credentials: 'omit' });
      if (!probe.ok) throw error;
      return null;
    },
  );
  if (response === null) return false;
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(response.headers.get('content-range') ?? '');
  const totalBytes = lengthOf(response, offset);
  // `expectedBytes` is one more than what arrived when the server had not told the length.
  const isOtherFile = totalBytes > 0 && totalBytes !== expectedBytes && expectedBytes > offset + 1;
  const startsElsewhere = range !== null && Number(range[1]) !== offset;
  if (response.status !== 206 || startsElsewhere || isOtherFile) {
    await response.body?.cancel();
    return false;
  }
  await storeBody(job, response, offset, totalBytes);
  return true;
}

/** Resolves for 2xx and for 416 (the stored part is longer than the file). */
async function request(job: FileFetch, headers: HeadersInit): Promise<Response> {
  const { file, fetch: fetchFn, signal } = job;
  const response = await fetchFn(urlOf(job), {
    headers,
    signal,
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  });
  if (!response.ok && response.status !== 416) {
    await response.body?.cancel();
    throw new ModelDownloadError('http', `${file.path}: HTTP ${response.status}`);
  }
  return response;
}

function urlOf({ card, file }: FileFetch): URL {
  const modelUrl = new URL(card.source.modelUrl);
  // The address of model.json may carry a query that belongs to it alone.
  return file.path === MODEL_JSON ? modelUrl : new URL(file.path, modelUrl);
}

/** Bytes of the whole file, 0 when the server does not say. */
function lengthOf(response: Response, offset: number): number {
  const range = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
  if (range?.[1] !== undefined) return Number(range[1]);
  // The length of a compressed answer is not the length of the file.
  if (response.headers.get('content-encoding') !== null) return 0;
  const length = Number(response.headers.get('content-length'));
  return Number.isFinite(length) && length > 0 ? offset + length : 0;
}

async function storeBody(
  job: FileFetch,
  response: Response,
  from: number,
  totalBytes: number,
): Promise<void> {
  const { card, file, store, onReceived } = job;
  const limit = limitOf(file);
  if (totalBytes > limit) {
    await response.body?.cancel();
    throw new ModelDownloadError('too-large', `${file.path}: ${totalBytes} bytes`);
  }
  let offset = from;
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  const flush = async (isLast: boolean): Promise<void> => {
    if (pendingBytes === 0) return;
    const chunk = joinBytes(pending);
    pending = [];
    pendingBytes = 0;
    const end = offset + chunk.length;
    if (end > limit) throw new ModelDownloadError('too-large', `${file.path}: over ${limit} bytes`);
    // Where the server gave no length, or that of a compressed answer (browsers hide the encoding
    // of other origins), the end of the answer is what makes the file complete.
    const isLengthKnown = totalBytes >= end;
    const total = isLengthKnown ? totalBytes : isLast ? end : end + 1;
    await store.appendChunk(card.id, file.path, offset, total, chunk);
    offset = end;
    onReceived(offset);
  };
  const reader = response.body?.getReader();
  if (reader === undefined) throw new ModelDownloadError('http', `${file.path}: no content`);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      // Something is always held back for the last flush, which may have to tell the length.
      if (pendingBytes >= CHUNK_BYTES) await flush(false);
      pending.push(value);
      pendingBytes += value.length;
    }
    await flush(true);
  } catch (error) {
    reader.cancel().catch(() => undefined);
    const isTooLarge = error instanceof ModelDownloadError && error.code === 'too-large';
    // What has arrived is worth keeping, unless it is not the file at all.
    if (isTooLarge) await store.removeFile(card.id, file.path);
    else await flush(false).catch(() => undefined);
    throw error;
  }
  if (offset < totalBytes) {
    throw new ModelDownloadError('offline', `${file.path}: connection closed early`);
  }
}

/** A known file may not be larger than it is known to be; of others, the card gives an idea at best. */
function limitOf(file: BackboneFile): number {
  if (file.sha256 !== null && file.bytes > 0) return file.bytes;
  return file.path === MODEL_JSON ? MAX_MODEL_JSON_BYTES : MAX_FILE_BYTES;
}
