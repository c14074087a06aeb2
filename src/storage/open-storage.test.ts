import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Photo } from '../domain/photo.ts';
import { embeddingKey } from '../domain/embedding-key.ts';
import { buildPhoto } from '../testing/build-photo.ts';
import { buildHead, buildProject, buildRun } from '../testing/build-project.ts';
import { openStorage, type OpenedStorage } from './open-storage.ts';
import type { NewPhoto } from './storage.ts';

let names = 0;
const opened: OpenedStorage[] = [];
async function open(name = `storage-${++names}`): Promise<OpenedStorage & { name: string }> {
  const storage = await openStorage(name);
  opened.push(storage);
  return { ...storage, name };
}
afterEach(() => {
  for (const { storage } of opened.splice(0)) storage.close();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const withPictures = (photo: Photo): NewPhoto => ({
  photo,
  image: new Blob([`image of ${photo.id}`], { type: 'image/jpeg' }),
  thumbnail: new Blob([`thumbnail of ${photo.id}`], { type: 'image/webp' }),
});
const keyFor = (photo: Photo, backboneId = 'net') =>
  embeddingKey({
    imageHash: photo.imageHash,
    backboneId,
    weightsSha256: 'w',
    inputSize: 128,
    fit: 'crop',
  });

/** A record as another program, or a damaged disk, might leave it. */
async function writeRaw(
  name: string,
  store: string,
  value: unknown,
  key: IDBValidKey,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const request = indexedDB.open(name);
    request.onerror = () => {
      reject(new Error('raw open failed'));
    };
    request.onsuccess = () => {
      const transaction = request.result.transaction(store, 'readwrite');
      transaction.objectStore(store).put(value, key);
      transaction.oncomplete = () => {
        request.result.close();
        resolve();
      };
    };
  });
}

describe('projects, photos and pictures', () => {
  it('comes back after closing as it was, photos in order of arrival', async () => {
    const first = await open();
    const photos = ['z', 'm', 'a', 'q'].map((id, i) =>
      buildPhoto(id, { addedAt: 1000 + (i >> 1), splitRank: 0.25 }),
    );
    await first.storage.putProject(buildProject('p1'));
    await first.storage.addPhotos('p1', photos.map(withPictures));
    await first.storage.addPhotos('p2', [withPictures(buildPhoto('other'))]);
    await first.storage.putSetting('theme', { dark: true });
    first.storage.close();

    const { storage, damagedRecords } = await open(first.name);
    expect(await storage.listProjects()).toEqual([buildProject('p1')]);
    expect(await storage.getProject('p1')).toEqual(buildProject('p1'));
    expect(await storage.getProject('nobody')).toBeNull();
    const back = await storage.listPhotos('p1');
    expect(back.map((photo) => photo.id)).toEqual(['m', 'z', 'a', 'q']);
    expect(new Set(back)).toEqual(new Set(photos));
    const image = await storage.getImage(photos[0]?.imageHash ?? '');
    const thumbnail = await storage.getThumbnail(photos[0]?.imageHash ?? '');
    expect([image?.type, await image?.text()]).toEqual(['image/jpeg', 'image of z']);
    expect([thumbnail?.type, await thumbnail?.text()]).toEqual(['image/webp', 'thumbnail of z']);
    expect(await storage.getImage('unknown')).toBeNull();
    expect(await storage.getSetting('theme')).toEqual({ dark: true });
    expect(await storage.getSetting('unknown')).toBeUndefined();
    expect(damagedRecords()).toBe(0);
  });

  it('keeps projects apart whose ids begin alike', async () => {
    const { storage } = await open();
    for (const id of ['p', 'p1', 'p,1', 'p\uffff']) {
      await storage.addPhotos(id, [withPictures(buildPhoto(`photo-of-${id}`))]);
    }
    expect((await storage.listPhotos('p')).map((photo) => photo.id)).toEqual(['photo-of-p']);
  });

  it('updates, removes, restores, and applies edits of project and photos together', async () => {
    const { storage } = await open();
    const [a, b, c] = ['a', 'b', 'c'].map((id, i) => buildPhoto(id, { addedAt: i })) as [
      Photo,
      Photo,
      Photo,
    ];
    await storage.addPhotos('p', [a, b].map(withPictures));
    await storage.addPhotos('p', [withPictures(c)], [{ ...a, side: 'validation' }]);
    await storage.updatePhotos('p', [{ ...b, pinned: true }]);
    await storage.deletePhotos('p', ['c', 'not there']);
    expect(await storage.listPhotos('p')).toEqual([
      { ...a, side: 'validation' },
      { ...b, pinned: true },
    ]);
    await storage.restorePhotos('p', [c]);
    const renamed = buildProject('p', { name: 'renamed' });
    await storage.applyEdit(renamed, { put: [{ ...c, classId: 'class-b' }], remove: ['a', 'b'] });
    expect(await storage.listPhotos('p')).toEqual([{ ...c, classId: 'class-b' }]);
    expect(await storage.getProject('p')).toEqual(renamed);
  });

  it('lists more photos than are read in one piece, those of other projects left out', async () => {
    const { storage } = await open();
    for (const count of [1_999, 2_000, 2_001, 4_321]) {
      const project = `p${String(count)}`;
      const photos = Array.from({ length: count }, (_, i) => buildPhoto(String(i), { addedAt: i }));
      await storage.restorePhotos(project, photos);
      expect((await storage.listPhotos(project)).map(({ id }) => id)).toEqual(
        photos.map(({ id }) => id),
      );
    }
  });

  it('leaves damaged records out, counts them, and opens the rest', async () => {
    const { storage, name, damagedRecords } = await open();
    await storage.putProject(buildProject('p'));
    await storage.addPhotos('p', [withPictures(buildPhoto('good'))]);
    await writeRaw(name, 'photos', { ...buildPhoto('bad'), side: 'elsewhere' }, ['p', 'bad']);
    await writeRaw(name, 'photos', null, ['p', 'nothing']);
    await writeRaw(name, 'projects', { id: 'half' }, 'half');
    await writeRaw(
      name,
      'runs',
      { ...buildRun('r', 'p'), head: { ...buildHead(), inputDim: 99 } },
      'r',
    );
    expect((await storage.listPhotos('p')).map((photo) => photo.id)).toEqual(['good']);
    expect((await storage.listProjects()).map((project) => project.id)).toEqual(['p']);
    expect(await storage.listRuns('p')).toEqual([]);
    expect(damagedRecords()).toBe(4);
    await expect(storage.collectGarbage()).resolves.toEqual({ images: 0, embeddings: 0 });
  });

  it('reads photos one by one when the browser cannot read one of them', async () => {
    const { storage } = await open();
    await storage.addPhotos(
      'p',
      ['a', 'b', 'c'].map((id) => withPictures(buildPhoto(id))),
    );

    const { get } = IDBObjectStore.prototype;
    const unreadable = () => {
      throw new DOMException('Failed to read large IndexedDB value', 'DataError');
    };
    vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(unreadable);
    vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(function (
      this: IDBObjectStore,
      key,
    ) {
      return Array.isArray(key) && key[1] === 'b' ? unreadable() : get.call(this, key);
    });
    expect((await storage.listPhotos('p')).map((photo) => photo.id)).toEqual(['a', 'c']);
  });
});

describe('embeddings and runs', () => {
  it('keeps every bit of an embedding, and only the row of a batch', async () => {
    const { storage, name } = await open();
    const [a, b] = [buildPhoto('a'), buildPhoto('b')];
    const batch = Float32Array.from([NaN, -0, 1e-45, Math.PI, 0.1, -Infinity]);
    await storage.putEmbeddings(
      new Map([
        [keyFor(a), batch.subarray(0, 3)],
        [keyFor(b), batch.subarray(3)],
      ]),
    );
    storage.close();
    const again = await open(name);
    const keys = [keyFor(b), keyFor(a), keyFor(a, 'another net')];
    const found = await again.storage.getEmbeddings(keys);
    expect([...found.keys()]).toEqual([keyFor(b), keyFor(a)]);
    const bits = (values?: Float32Array) => values && [...new Uint32Array(values.slice().buffer)];
    expect(bits(found.get(keyFor(a)))).toEqual(bits(batch.slice(0, 3)));
    expect(bits(found.get(keyFor(b)))).toEqual(bits(batch.slice(3)));
    expect(found.get(keyFor(a))?.buffer.byteLength).toBe(12);
    expect(await again.storage.haveEmbeddings(keys)).toEqual(new Set([keyFor(b), keyFor(a)]));
    expect((await again.storage.getEmbeddings([])).size).toBe(0);
  });

  it('finds many as it finds few, whether or not others lie between', async () => {
    const { storage } = await open();
    const photos = Array.from({ length: 2300 }, (_, i) => buildPhoto(`p${i}`));
    await storage.putEmbeddings(
      new Map(photos.map((photo, i) => [keyFor(photo), Float32Array.of(i)])),
    );
    for (const step of [1, 2, 9]) {
      const wanted = photos.filter((_, i) => i % step === 0);
      const missing = Array.from({ length: 150 }, (_, i) => keyFor(buildPhoto(`missing-${i}`)));
      const keys = [...wanted.map((photo) => keyFor(photo)), ...missing].reverse();
      const expected = new Map(wanted.map((photo) => [keyFor(photo), photos.indexOf(photo)]));
      const found = await storage.getEmbeddings(keys);
      expect(new Map([...found].map(([key, values]) => [key, values[0]]))).toEqual(expected);
      expect(await storage.haveEmbeddings(keys)).toEqual(new Set(expected.keys()));
    }
  });

  it('treats a damaged embedding as missing', async () => {
    const { storage, name } = await open();
    await writeRaw(name, 'embeddings', 'not numbers', 'k/w/p/h');
    expect((await storage.getEmbeddings(['k/w/p/h'])).size).toBe(0);
  });

  it('keeps runs with exact weights, and removes one', async () => {
    const { storage, name } = await open();
    const shared = new Float32Array(100).fill(0.1);
    const run = buildRun('r1', 'p', {
      head: { ...buildHead(), outputBias: shared.subarray(10, 12) },
    });
    await storage.putRun(run);
    await storage.putRun(buildRun('r2', 'p'));
    await storage.putRun(buildRun('r3', 'q'));
    await storage.deleteRun('r2');
    storage.close();
    const back = await (await open(name)).storage.listRuns('p');
    expect(back).toEqual([run]);
    expect(Object.is(back[0]?.head.outputKernel[0], -0)).toBe(true);
    expect(back[0]?.head.outputBias.buffer.byteLength).toBe(8);
  });
});

describe('removing what nobody needs', () => {
  it('deletes a project with everything that only it refers to', async () => {
    const { storage } = await open();
    const own = buildPhoto('own');
    const shared = buildPhoto('shared');
    await storage.putProject(buildProject('p'));
    await storage.addPhotos('p', [own, shared].map(withPictures));
    await storage.addPhotos('q', [withPictures({ ...shared, id: 'copy' })]);
    await storage.putEmbeddings(
      new Map([own, shared].map((photo) => [keyFor(photo), new Float32Array(2)])),
    );
    await storage.putRun(buildRun('r', 'p'));
    await storage.putRun(buildRun('s', 'q'));
    await storage.deleteProject('p');
    expect(await storage.listProjects()).toEqual([]);
    // Waits for the collection under way.
    expect(await storage.collectGarbage()).toEqual({ images: 0, embeddings: 0 });
    expect([await storage.listPhotos('p'), await storage.listRuns('p')]).toEqual([[], []]);
    expect([
      await storage.getImage(own.imageHash),
      await storage.getThumbnail(own.imageHash),
    ]).toEqual([null, null]);
    expect(await storage.getImage(shared.imageHash)).not.toBeNull();
    expect(await storage.haveEmbeddings([own, shared].map((photo) => keyFor(photo)))).toEqual(
      new Set([keyFor(shared)]),
    );
    expect((await storage.listRuns('q')).map((run) => run.id)).toEqual(['s']);
    expect(await storage.collectGarbage()).toEqual({ images: 0, embeddings: 0 });
  });

  it('forgets with a project what was remembered about it, and nothing else', async () => {
    const { storage } = await open();
    await storage.putProject(buildProject('p'));
    const own = ['try p', 'abstention:p', 'zero-shot:p:1000', 'findings-dismissed/p'];
    const others = ['theme', 'try q', 'try pp', 'abstention:q', 'last-project'];
    for (const key of [...own, ...others]) await storage.putSetting(key, 'kept');
    await storage.deleteProject('p');
    for (const key of own) expect(await storage.getSetting(key)).toBeUndefined();
    for (const key of others) expect(await storage.getSetting(key)).toBe('kept');
  });

  it('spares what undo may bring back, until the next start', async () => {
    const { storage, name } = await open();
    const [gone, kept] = [buildPhoto('gone'), buildPhoto('kept')];
    await storage.addPhotos('p', [gone, kept].map(withPictures));
    await storage.putEmbeddings(
      new Map([gone, kept].map((photo) => [keyFor(photo), new Float32Array(2)])),
    );
    await storage.putEmbeddings(new Map([[keyFor(buildPhoto('stray')), new Float32Array(2)]]));
    await storage.applyEdit(buildProject('p'), { put: [], remove: ['gone'] });
    expect(await storage.collectGarbage()).toEqual({ images: 0, embeddings: 1 });
    expect(await storage.getImage(gone.imageHash)).not.toBeNull();
    storage.close();
    const next = await open(name);
    expect(await next.storage.collectGarbage()).toEqual({ images: 1, embeddings: 1 });
    expect(await next.storage.getImage(gone.imageHash)).toBeNull();
    expect(await next.storage.getThumbnail(gone.imageHash)).toBeNull();
    expect(await next.storage.getImage(kept.imageHash)).not.toBeNull();
  });
});

describe('when storage is full', () => {
  /** The n-th write of a transaction runs into the quota, as a browser reports it. */
  function fillUpAtPut(n: number, how: 'request' | 'commit'): void {
    const { put } = IDBObjectStore.prototype;
    let count = 0;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      value,
      key,
    ) {
      count++;
      if (count !== n) return put.call(this, value, key);
      if (how === 'request')
        throw new DOMException('The quota has been exceeded.', 'QuotaExceededError');
      const request = put.call(this, value, key);
      (this.transaction as unknown as { _abort(name: string): void })._abort('QuotaExceededError');
      return request;
    });
  }

  it.each(['request', 'commit'] as const)(
    'says so and leaves nothing half-written (%s)',
    async (how) => {
      const { storage } = await open();
      await storage.addPhotos('p', [withPictures(buildPhoto('before'))]);
      for (const n of [1, 2, 4, 6]) {
        fillUpAtPut(n, how);
        const photos = [buildPhoto('x'), buildPhoto('y')];
        const adding = storage.addPhotos('p', photos.map(withPictures), [
          { ...buildPhoto('before'), side: 'test' },
        ]);
        await expect(adding).rejects.toMatchObject({
          name: 'StorageError',
          code: 'quota-exceeded',
        });
        vi.restoreAllMocks();
        expect(await storage.listPhotos('p')).toEqual([buildPhoto('before')]);
        for (const { imageHash } of photos) {
          expect([
            await storage.getImage(imageHash),
            await storage.getThumbnail(imageHash),
          ]).toEqual([null, null]);
        }
      }
      await storage.addPhotos('p', [withPictures(buildPhoto('after'))]);
      expect(await storage.listPhotos('p')).toHaveLength(2);
    },
  );

  it('applies an edit wholly or not at all', async () => {
    const { storage } = await open();
    await storage.putProject(buildProject('p'));
    await storage.addPhotos('p', [withPictures(buildPhoto('a'))]);
    fillUpAtPut(2, 'commit');
    const edit = { put: [buildPhoto('a', { classId: 'class-b' }), buildPhoto('b')], remove: [] };
    await expect(storage.applyEdit(buildProject('p', { name: 'new' }), edit)).rejects.toMatchObject(
      { code: 'quota-exceeded' },
    );
    vi.restoreAllMocks();
    expect(await storage.getProject('p')).toEqual(buildProject('p'));
    expect(await storage.listPhotos('p')).toEqual([buildPhoto('a')]);
  });

  it('turns values that cannot be stored into an error of ours', async () => {
    const { storage } = await open();
    await expect(storage.putSetting('f', () => 1)).rejects.toMatchObject({
      name: 'StorageError',
      code: 'failed',
    });
    expect(await storage.getSetting('f')).toBeUndefined();
  });
});

describe('usage and persistence', () => {
  it('tells what the browser tells', async () => {
    const { storage } = await open();
    const manager = {
      estimate: () => Promise.resolve({ usage: 12, quota: 100 }),
      persisted: () => Promise.resolve(true),
      persist: () => Promise.resolve(true),
    };
    vi.stubGlobal('navigator', { storage: manager });
    expect(await storage.usage()).toEqual({ usedBytes: 12, quotaBytes: 100, persistent: true });
    expect(await storage.requestPersistence()).toBe(true);
  });

  it('does without where the browser does not say, or refuses', async () => {
    const { storage } = await open();
    const nothing = { usedBytes: 0, quotaBytes: 0, persistent: false };
    const refuse = () => Promise.reject(new TypeError('no'));
    for (const navigator of [
      undefined,
      {},
      { storage: { estimate: refuse, persisted: refuse, persist: refuse } },
    ]) {
      vi.stubGlobal('navigator', navigator);
      expect(await storage.usage()).toEqual(nothing);
      expect(await storage.requestPersistence()).toBe(false);
    }
  });
});
