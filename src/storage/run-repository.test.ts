import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, describe, expect, it } from 'vitest';
import { packHeads } from '../domain/head-history.ts';
import { buildHead, buildProject, buildRun } from '../testing/build-project.ts';
import { putHistory } from './history-record.ts';
import { openStorage, type OpenedStorage } from './open-storage.ts';

let names = 0;
const opened: OpenedStorage[] = [];
async function open(name = `runs-${String(++names)}`): Promise<OpenedStorage & { name: string }> {
  const storage = await openStorage(name);
  opened.push(storage);
  return { ...storage, name };
}
afterEach(() => {
  for (const { storage } of opened.splice(0)) storage.close();
});

/** Past the repository, as another version of it left things. */
async function raw(name: string, ask: (store: RawStore) => Promise<unknown>): Promise<unknown> {
  const database = await openDB(name);
  try {
    return await ask(database.transaction('runs', 'readwrite').store);
  } finally {
    database.close();
  }
}
interface RawStore {
  get(key: string): Promise<unknown>;
  put(value: unknown, key: string): Promise<unknown>;
  delete(key: string): Promise<unknown>;
  getAllKeys(): Promise<unknown[]>;
}

describe('heads of every epoch', () => {
  const history = packHeads([1, 2].map((epoch) => ({ epoch, head: buildHead() })));
  if (history === null) throw new Error('no history');
  const withHistory = (id: string) => buildRun(id, 'p', { headHistory: history });

  it('lie beside their run: a list does not read them, an export does', async () => {
    const { storage, name } = await open();
    await storage.putRun(withHistory('r1'));
    await storage.putRun(buildRun('r2', 'p'));
    const summaries = await storage.listRunSummaries('p');
    expect(summaries.map(({ id, hasHistory }) => [id, hasHistory])).toEqual([
      ['r1', true],
      ['r2', false],
    ]);
    expect(summaries.every((summary) => !('head' in summary) && !('metrics' in summary))).toBe(
      true,
    );
    expect(await storage.countRuns('p')).toBe(2);
    expect((await storage.listRuns('p'))[0]).toEqual(withHistory('r1'));
    expect(await storage.getRun('r1')).toEqual(buildRun('r1', 'p'));
    expect(await storage.getHeadHistory('r1')).toEqual(history);
    const record = (await raw(name, (store) => store.get('r1'))) as object;
    expect('headHistory' in record).toBe(false);
  });

  it('are found inside runs of an earlier version, and taken out of them', async () => {
    const { storage, name } = await open();
    await raw(name, (store) => store.put(withHistory('old'), 'old'));
    expect((await storage.listRunSummaries('p'))[0]?.hasHistory).toBe(true);
    expect(await storage.getHeadHistory('old')).toEqual(history);
    await storage.dropHeadHistory('old');
    expect(await storage.getHeadHistory('old')).toBeNull();
    expect(await storage.listRuns('p')).toEqual([buildRun('old', 'p')]);
  });

  it('go with their run, with their project, and alone', async () => {
    const { storage, name } = await open();
    for (const id of ['a', 'b', 'c']) await storage.putRun(withHistory(id));
    await storage.dropHeadHistory('a');
    expect(await storage.getHeadHistory('a')).toBeNull();
    expect(await storage.getRun('a')).not.toBeNull();
    await storage.deleteRun('b');
    await storage.deleteProject('p');
    expect(await raw(name, (store) => store.getAllKeys())).toEqual([]);
  });

  it('lie in pieces when they are many: whole again when read, copied or replaced', async () => {
    const { storage, database, name } = await open();
    const inPieces = (id: string) =>
      database.write(['runs'], 'cheap', ({ store }) => putHistory(store, id, history, 5));
    const pieces = async (id: string): Promise<number> => {
      const keys = (await raw(name, (store) => store.getAllKeys())) as readonly string[];
      return keys.filter((key) => key.startsWith(`heads:${id}:`)).length;
    };
    await storage.putRun(withHistory('r1'));
    await storage.putRun(withHistory('r10'));
    await inPieces('r1');
    await inPieces('r10');
    expect(await pieces('r1')).toBe(Math.ceil(history.weights.length / 5) - 1);
    expect(await storage.getHeadHistory('r1')).toEqual(history);

    const copies = ['copy of r1', 'copy of r10'];
    await storage.copyProject('p', buildProject('q'), () => copies.shift() ?? 'one too many');
    await storage.dropHeadHistory('r1');
    expect(await pieces('r1')).toBe(0);
    expect(await storage.getHeadHistory('r1')).toBeNull();
    expect(await storage.getHeadHistory('r10')).toEqual(history);
    expect(await storage.getHeadHistory('copy of r1')).toEqual(history);

    // One that needs fewer pieces leaves nothing behind of the one before.
    await storage.putRun(withHistory('r10'));
    expect(await pieces('r10')).toBe(0);
    expect(await storage.getHeadHistory('r10')).toEqual(history);
  });

  it('of which a piece is lost count as none', async () => {
    const { storage, database, name } = await open();
    await storage.putRun(withHistory('r'));
    await database.write(['runs'], 'cheap', ({ store }) => putHistory(store, 'r', history, 5));
    await raw(name, (store) => store.delete('heads:r:00002'));
    expect(await storage.getHeadHistory('r')).toBeNull();
    expect(await storage.getRun('r')).not.toBeNull();
  });

  it('stay when name and pin change', async () => {
    const { storage } = await open();
    await storage.putRun(withHistory('r'));
    await storage.changeRun('r', { name: 'wide', named: true, pinned: true });
    await storage.changeRun('gone', { name: 'nobody' });
    expect(await storage.listRuns('p')).toEqual([
      { ...withHistory('r'), name: 'wide', named: true, pinned: true },
    ]);
  });
});
