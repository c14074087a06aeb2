import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ModelStore } from './model-store.ts';
import { openDatabase } from './open-database.ts';
import { createModelStore } from './open-model-store.ts';

let names = 0;
let store: ModelStore;
beforeEach(async () => {
  store = createModelStore(await openDatabase(`models-${++names}`));
});

const bytes = (...values: number[]) => Uint8Array.from(values);
const read = async (id: string, path: string) => {
  const buffer = await store.readFile(id, path);
  return buffer === null ? null : [...new Uint8Array(buffer)];
};

describe('model store', () => {
  it('puts chunks together in order of offset, also past ten', async () => {
    for (let offset = 0; offset < 24; offset += 2) {
      expect(await read('net', 'w.bin')).toBeNull();
      await store.appendChunk('net', 'w.bin', offset, 24, bytes(offset, offset + 1));
    }
    expect(await read('net', 'w.bin')).toEqual(Array.from({ length: 24 }, (_, i) => i));
    expect((await store.list()).get('net')).toEqual([
      { path: 'w.bin', receivedBytes: 24, totalBytes: 24, sha256: null },
    ]);
    await store.markComplete('net', 'w.bin', 'f'.repeat(64));
    expect((await store.list()).get('net')?.[0]?.sha256).toBe('f'.repeat(64));
  });

  it('keeps only the bytes of a view', async () => {
    const large = new Uint8Array(1000).fill(7);
    await store.appendChunk('net', 'w.bin', 0, 2, large.subarray(4, 6));
    expect(await read('net', 'w.bin')).toEqual([7, 7]);
  });

  it('refuses a chunk that would leave a hole or overlap, and keeps what is there', async () => {
    await store.appendChunk('net', 'w.bin', 0, 4, bytes(1, 2));
    for (const offset of [0, 1, 3]) {
      const wrong = store.appendChunk('net', 'w.bin', offset, 4, bytes(9, 9));
      await expect(wrong).rejects.toMatchObject({ name: 'StorageError', code: 'failed' });
    }
    await store.appendChunk('net', 'w.bin', 2, 4, bytes(3, 4));
    expect(await read('net', 'w.bin')).toEqual([1, 2, 3, 4]);
  });

  it('removes one file, or one backbone, and nothing beside it', async () => {
    for (const [id, path] of [
      ['net', 'a'],
      ['net', 'ab'],
      ['net2', 'a'],
      ['ne', 'a'],
    ] as const) {
      await store.appendChunk(id, path, 0, 1, bytes(1));
    }
    await store.removeFile('net', 'a');
    expect([await read('net', 'a'), await read('net', 'ab')]).toEqual([null, [1]]);
    await store.appendChunk('net', 'a', 0, 1, bytes(2));
    expect(await read('net', 'a')).toEqual([2]);
    await store.remove('net');
    expect([...(await store.list()).keys()].sort()).toEqual(['ne', 'net2']);
    expect([await read('net2', 'a'), await read('ne', 'a')]).toEqual([[1], [1]]);
    await store.markComplete('net', 'a', 'x');
    expect((await store.list()).has('net')).toBe(false);
  });
});
