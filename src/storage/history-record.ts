/**
 * The heads of a run's epochs in the store `runs`, beside the run's own record. Up to 28 MB of numbers
 * lie in pieces: what is put into a database is copied on the spot, and all of them in one go would
 * hold up the page. One transaction all the same, so there is all of it or nothing.
 */
import type { IDBPObjectStore, StoreNames } from 'idb';
import { isHeadHistory, type HeadHistory } from '../domain/head-history.ts';
import { isRecord } from '../domain/is-record.ts';
import { joinFloats } from '../domain/join-blocks.ts';
import type { RunId } from '../domain/run.ts';
import type { HeadstartSchema, StoredHistory, StoredHistoryPiece } from './schema.ts';

/** About 10 ms of copying, in numbers of 4 bytes. */
const PIECE_LENGTH = 1024 * 1024;

/** Of a transaction over whichever stores. */
type RunStore<Mode extends IDBTransactionMode> = IDBPObjectStore<
  HeadstartSchema,
  StoreNames<HeadstartSchema>[],
  'runs',
  Mode
>;
type ReadableRuns = Pick<RunStore<'readonly'>, 'get' | 'getAll'>;
type WritableRuns = Pick<RunStore<'readwrite'>, 'put' | 'delete'>;

export function historyKey(id: RunId): string {
  return `heads:${id}`;
}

/** Of everything behind the first piece. */
function furtherPieces(id: RunId): IDBKeyRange {
  return IDBKeyRange.bound(`${historyKey(id)}:`, `${historyKey(id)}:\uffff`);
}

function furtherKey(id: RunId, index: number): string {
  return `${historyKey(id)}:${String(index).padStart(5, '0')}`;
}

/** What to delete for all of it to be gone. */
export function historyKeys(id: RunId): readonly (string | IDBKeyRange)[] {
  return [historyKey(id), furtherPieces(id)];
}

/** One piece after the other: the copying of each is a task of its own. */
export async function putHistory(
  store: WritableRuns,
  id: RunId,
  history: HeadHistory,
  pieceLength = PIECE_LENGTH,
): Promise<void> {
  await store.delete(furtherPieces(id));
  const { weights } = history;
  // Slices, not views: with a view the whole buffer behind it would be copied.
  const piece = (index: number): Float32Array =>
    weights.length <= pieceLength
      ? weights
      : weights.slice(index * pieceLength, (index + 1) * pieceLength);
  const first = { headHistory: { ...history, weights: piece(0) } } satisfies StoredHistory;
  await store.put(first, historyKey(id));
  for (let index = 1; index * pieceLength < weights.length; index++) {
    const further = { weights: piece(index) } satisfies StoredHistoryPiece;
    await store.put(further, furtherKey(id, index));
  }
}

/** Null when there is none, or when it is damaged. */
export async function getHistory(store: ReadableRuns, id: RunId): Promise<HeadHistory | null> {
  const [record, further] = await Promise.all([
    store.get(historyKey(id)),
    store.getAll(furtherPieces(id)),
  ]);
  if (record === undefined || !('headHistory' in record)) return null;
  const { headHistory } = record;
  if (further.length === 0) return isHeadHistory(headHistory) ? headHistory : null;
  const weights = joined([headHistory, ...further]);
  const whole = weights === null ? null : { ...headHistory, weights };
  return isHeadHistory(whole) ? whole : null;
}

function joined(pieces: readonly unknown[]): Float32Array | null {
  const parts: Float32Array[] = [];
  for (const piece of pieces) {
    const weights = isRecord(piece) ? piece['weights'] : null;
    if (!(weights instanceof Float32Array)) return null;
    parts.push(weights);
  }
  return joinFloats(parts);
}
