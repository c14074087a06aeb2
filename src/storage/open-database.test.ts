import 'fake-indexeddb/auto';
import { describe, expect, it, vi } from 'vitest';
import { openDatabase } from './open-database.ts';

// One version above the real one, so that tabs of different age can be acted out.
vi.mock(import('./schema.ts'), async (importOriginal) => {
  const original = await importOriginal();
  return {
    ...original,
    SCHEMA_VERSION: (original.SCHEMA_VERSION + 1) as typeof original.SCHEMA_VERSION,
  };
});

let names = 0;
const newName = () => `connection-${++names}`;

function openRaw(name: string, version?: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => {
      const { result } = request;
      if (!result.objectStoreNames.contains('settings')) result.createObjectStore('settings');
    };
    request.onsuccess = () => {
      resolve(request.result);
    };
    request.onerror = () => {
      reject(request.error ?? new Error('open failed'));
    };
  });
}

describe('openDatabase', () => {
  it('gives up with "blocked" while an older tab holds on, and gets in once it lets go', async () => {
    const name = newName();
    const olderTab = await openRaw(name, 1);
    await expect(openDatabase(name, 30)).rejects.toMatchObject({
      name: 'StorageError',
      code: 'blocked',
    });
    olderTab.close();
    const database = await openDatabase(name, 1000);
    database.close();
  });

  it('waits for an older tab that lets go when asked', async () => {
    const name = newName();
    const olderTab = await openRaw(name, 1);
    olderTab.onversionchange = () => {
      setTimeout(() => {
        olderTab.close();
      }, 20);
    };
    const database = await openDatabase(name, 2000);
    database.close();
  });

  it('refuses a database from the future and leaves it as it is', async () => {
    const name = newName();
    const newer = await openRaw(name, 99);
    newer.close();
    await expect(openDatabase(name)).rejects.toMatchObject({ code: 'from-the-future' });
    const again = await openRaw(name);
    expect(again.version).toBe(99);
    again.close();
  });

  it('makes way for a newer tab, and says afterwards that it is too old', async () => {
    const name = newName();
    const database = await openDatabase(name);
    await database.write(['settings'], 'cheap', (t) => t.store.put(1, 'a'));
    const newer = await openRaw(name, 50);
    const late = database.write(['settings'], 'cheap', (t) => t.store.put(2, 'a'));
    await expect(late).rejects.toMatchObject({ code: 'from-the-future' });
    newer.close();
  });

  it('opens again when the browser has dropped the connection', async () => {
    const name = newName();
    const database = await openDatabase(name);
    await database.write(['settings'], 'kept', (t) => t.store.put('kept', 'a'));
    const transaction = vi
      .spyOn(IDBDatabase.prototype, 'transaction')
      .mockImplementationOnce(() => {
        throw new DOMException('The database connection is closing.', 'InvalidStateError');
      });
    expect(await database.read(['settings'], (t) => t.store.get('a'))).toBe('kept');
    expect(transaction).toHaveBeenCalledTimes(2);
    transaction.mockRestore();
    database.close();
    await expect(database.read(['settings'], (t) => t.store.get('a'))).rejects.toMatchObject({
      code: 'unavailable',
    });
  });

  it('says "unavailable" where there is no IndexedDB or it is forbidden', async () => {
    vi.stubGlobal('indexedDB', undefined);
    await expect(openDatabase(newName())).rejects.toMatchObject({ code: 'unavailable' });
    const forbidden = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    vi.stubGlobal('indexedDB', { open: forbidden });
    await expect(openDatabase(newName())).rejects.toMatchObject({ code: 'unavailable' });
    vi.unstubAllGlobals();
  });

  it('undoes everything when the work throws, also after an earlier request succeeded', async () => {
    const database = await openDatabase(newName());
    const failing = database.write(['settings'], 'kept', async ({ store }) => {
      await store.put(1, 'a');
      throw new Error('changed my mind');
    });
    await expect(failing).rejects.toMatchObject({
      code: 'failed',
      message: 'Error: changed my mind',
    });
    expect(await database.read(['settings'], (t) => t.store.get('a'))).toBeUndefined();
    database.close();
  });

  it('asks for durability where a person made it', async () => {
    const database = await openDatabase(newName());
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await database.write(['photos'], 'kept', () => Promise.resolve());
    await database.write(['embeddings'], 'cheap', () => Promise.resolve());
    expect(transaction.mock.calls.map(([, , options]) => options?.durability)).toEqual([
      'strict',
      'relaxed',
    ]);
    transaction.mockRestore();
    database.close();
  });
});
