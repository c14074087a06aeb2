/**
 * The connection to the database: opens and migrates it, opens it again when the browser has dropped
 * it, and wraps every transaction so that it happens completely or not at all.
 */
import { openDB, type IDBPDatabase, type IDBPTransaction, type StoreNames } from 'idb';
import { migrate } from './migrations.ts';
import { DATABASE_NAME, SCHEMA_VERSION, type HeadstartSchema } from './schema.ts';
import { toStorageError } from './storage-failure.ts';
import { StorageError } from './storage.ts';

type Handle = IDBPDatabase<HeadstartSchema>;
type StoreName = StoreNames<HeadstartSchema>;
type Transaction<Names extends StoreName[], Mode extends IDBTransactionMode> = IDBPTransaction<
  HeadstartSchema,
  Names,
  Mode
>;

/**
 * `kept`: what a person made and cannot make again. The write is acknowledged when it is on the
 * disk itself (`strict`), so not even a power cut loses it.
 * `cheap`: what can be computed or fetched again. Acknowledged when the system has it (`relaxed`):
 * survives a crash of the page and of the browser, and is several times faster.
 */
export type Durability = 'kept' | 'cheap';

/** Every method throws StorageError only. `work` may await nothing but the transaction's requests. */
export interface Database {
  read<const Names extends StoreName[], Value>(
    names: Names,
    work: (transaction: Transaction<Names, 'readonly'>) => Promise<Value>,
  ): Promise<Value>;
  /** Resolves after the commit. When `work` or the commit fails, nothing of it has happened. */
  write<const Names extends StoreName[], Value>(
    names: Names,
    durability: Durability,
    work: (transaction: Transaction<Names, 'readwrite'>) => Promise<Value>,
  ): Promise<Value>;
  close(): void;
}

/** Another tab that still runs an older version closes its connection when asked; this long it may take. */
const BLOCKED_TIMEOUT_MS = 5_000;
/** Some browsers have let `open` hang for ever; an answer is owed to the person all the same. */
const OPEN_TIMEOUT_MS = 30_000;

/**
 * Throws StorageError: 'from-the-future' (written by a newer version of the app), 'blocked' (a tab
 * with an older version does not let go), 'unavailable'.
 */
export async function openDatabase(
  name = DATABASE_NAME,
  blockedTimeoutMs = BLOCKED_TIMEOUT_MS,
): Promise<Database> {
  let opening: Promise<Handle> | null = null;
  let isClosed = false;

  function handle(): Promise<Handle> {
    if (isClosed) return Promise.reject(new StorageError('unavailable', 'storage was closed'));
    if (opening === null) {
      const mine = openHandle(name, blockedTimeoutMs, () => {
        if (opening === mine) opening = null;
      });
      opening = mine;
      // A failed opening must not be remembered: the next call may succeed.
      mine.catch(() => {
        if (opening === mine) opening = null;
      });
    }
    return opening;
  }

  async function begin<Names extends StoreName[], Mode extends 'readonly' | 'readwrite'>(
    names: Names,
    mode: Mode,
    durability: IDBTransactionDurability,
  ): Promise<Transaction<Names, Mode>> {
    const first = await handle();
    try {
      return first.transaction(names, mode, { durability });
    } catch (error) {
      // WORKAROUND: WebKit drops connections of pages in the background without an event. Nothing
      // was written yet, so trying once more on a fresh connection is safe.
      if (!(error instanceof DOMException) || error.name !== 'InvalidStateError') throw error;
      first.close();
      opening = null;
      return (await handle()).transaction(names, mode, { durability });
    }
  }

  await handle().catch((error: unknown) => {
    throw toStorageError(error);
  });
  return {
    async read(names, work) {
      try {
        const transaction = await begin(names, 'readonly', 'default');
        transaction.done.catch(ignore);
        return await work(transaction);
      } catch (error) {
        throw toStorageError(error);
      }
    },
    async write(names, durability, work) {
      try {
        const strictness = durability === 'kept' ? 'strict' : 'relaxed';
        return await settle(await begin(names, 'readwrite', strictness), work);
      } catch (error) {
        throw toStorageError(error);
      }
    },
    close() {
      isClosed = true;
      opening?.then((db) => {
        db.close();
      }, ignore);
    },
  };
}

async function settle<Names extends StoreName[], Value>(
  transaction: Transaction<Names, 'readwrite'>,
  work: (transaction: Transaction<Names, 'readwrite'>) => Promise<Value>,
): Promise<Value> {
  const { done } = transaction;
  done.catch(ignore); // awaited below; without this a failure during `work` would be unhandled
  try {
    const value = await work(transaction);
    await done;
    return value;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // The browser has aborted it already.
    }
    await done.catch(ignore);
    // When a commit fails (storage full), requests only say AbortError; the transaction knows why.
    throw transaction.error ?? error;
  }
}

async function openHandle(
  name: string,
  blockedTimeoutMs: number,
  onLost: () => void,
): Promise<Handle> {
  if ((globalThis.indexedDB as IDBFactory | undefined) === undefined) {
    throw new StorageError('unavailable', 'this browser has no IndexedDB');
  }
  let timer: ReturnType<typeof setTimeout> | undefined;
  let giveUp: (error: StorageError) => void = ignore;
  const tooLate = new Promise<never>((_, reject) => {
    giveUp = reject;
  });
  const rejectAfter = (ms: number, error: StorageError): void => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, ms, error);
  };
  rejectAfter(OPEN_TIMEOUT_MS, new StorageError('unavailable', 'the database does not open'));
  const opening = openDB<HeadstartSchema>(name, SCHEMA_VERSION, {
    upgrade(db, from, to, transaction) {
      // A failed step must take the whole upgrade back; the opening then fails and nothing is lost.
      migrate(db, transaction, from, to ?? SCHEMA_VERSION).catch(() => {
        transaction.abort();
      });
    },
    blocked() {
      const message = 'another tab keeps an older version of the database open';
      rejectAfter(blockedTimeoutMs, new StorageError('blocked', message));
    },
    // A tab with a newer version waits for this one to let go. What this tab does next fails with
    // 'from-the-future', since it opens again and finds the newer version.
    blocking(_from, _to, event) {
      (event.target as IDBDatabase).close();
      onLost();
    },
    // The browser closed the connection by itself: site data cleared, disk trouble, its process died.
    terminated: onLost,
  });
  try {
    return await Promise.race([opening, tooLate]);
  } catch (error) {
    // Opened after all, when nobody waits any more: an open connection would block other tabs.
    opening.then((db) => {
      db.close();
    }, ignore);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function ignore(): void {
  // Reported where it matters.
}
