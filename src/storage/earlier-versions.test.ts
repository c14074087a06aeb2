/**
 * Opens databases as every released version of the app wrote them. The writers below use raw
 * IndexedDB and literal names on purpose: they must stay as they are when the schema changes.
 */
import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { UnfinishedRun } from '../domain/unfinished-run.ts';
import { buildPhoto } from '../testing/build-photo.ts';
import { buildProject, buildRun } from '../testing/build-project.ts';
import { createModelStore } from './open-model-store.ts';
import { openStorage } from './open-storage.ts';
import { SCHEMA_VERSION } from './schema.ts';

const photo = buildPhoto('photo-1', {
  splitRank: 0.5,
  origin: { kind: 'webcam', burstId: 'burst' },
});
const project = buildProject('project-1');
const run = buildRun('run-1', 'project-1');
const KEY = `headstart-v2-050/0123456789abcdef/p1-128-crop/${photo.imageHash}`;

const unfinished: UnfinishedRun = {
  projectId: 'project-1',
  runId: 'run-2',
  savedAt: 5,
  hyperparameters: project.hyperparameters,
  dataKey: 'data',
  backend: 'cpu',
  metrics: run.metrics.slice(0, 1),
  point: {
    epoch: 1,
    steps: 4,
    elapsedMs: 9,
    layers: [{ values: Float32Array.of(1, 2), first: Float32Array.of(3, 4), second: null }],
    order: Int32Array.of(1, 0),
    orderState: [1, 2, 3, 4],
    maskState: [5, 6, 7, 8],
    bestEpoch: 1,
    bestLayers: [Float32Array.of(1, 2)],
  },
};

type Content = readonly (readonly [store: string, value: unknown, key: IDBValidKey])[];

function write(name: string, version: number, create: (db: IDBDatabase) => void, content: Content) {
  return new Promise<void>((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.onupgradeneeded = () => {
      create(request.result);
    };
    request.onerror = () => {
      reject(new Error('could not write the earlier version'));
    };
    request.onsuccess = () => {
      const db = request.result;
      const transaction = db.transaction([...db.objectStoreNames], 'readwrite');
      for (const [store, value, key] of content) transaction.objectStore(store).put(value, key);
      transaction.oncomplete = () => {
        db.close();
        resolve();
      };
    };
  });
}

function createStores1(db: IDBDatabase): void {
  const plain = [
    'projects',
    'images',
    'thumbnails',
    'embeddings',
    'settings',
    'modelFiles',
    'modelChunks',
  ];
  for (const store of plain) db.createObjectStore(store);
  db.createObjectStore('photos').createIndex('imageHash', 'imageHash');
  db.createObjectStore('runs').createIndex('projectId', 'projectId');
}

function content1(): Content {
  const picture = (text: string) => ({
    bytes: new TextEncoder().encode(text).buffer,
    type: 'image/jpeg',
  });
  return [
    ['projects', project, 'project-1'],
    ['photos', photo, ['project-1', 'photo-1']],
    ['images', picture('image'), photo.imageHash],
    ['thumbnails', picture('thumbnail'), photo.imageHash],
    ['embeddings', Float32Array.of(1, 2, 3), KEY],
    ['runs', run, 'run-1'],
    ['settings', 'dark', 'theme'],
    [
      'modelFiles',
      { path: 'w.bin', totalBytes: 5, receivedBytes: 5, sha256: 'f'.repeat(64) },
      ['net', 'w.bin'],
    ],
    ['modelChunks', new Uint8Array([1, 2, 3]).buffer, ['net', 'w.bin', 0]],
    ['modelChunks', new Uint8Array([4, 5]).buffer, ['net', 'w.bin', 3]],
  ];
}

function writeVersion1(name: string): Promise<void> {
  return write(name, 1, createStores1, content1());
}

function writeVersion2(name: string): Promise<void> {
  const create = (db: IDBDatabase) => {
    createStores1(db);
    db.createObjectStore('unfinishedRuns');
  };
  return write(name, 2, create, [...content1(), ['unfinishedRuns', unfinished, 'project-1']]);
}

const WRITERS: readonly ((name: string) => Promise<void>)[] = [writeVersion1, writeVersion2];

describe('databases of every version', () => {
  it('has a writer for each', () => {
    expect(WRITERS).toHaveLength(SCHEMA_VERSION);
  });

  it.each(WRITERS.map((writer, i) => [i + 1, writer] as const))(
    'opens version %i with all it holds',
    async (version, writer) => {
      const name = `earlier-${version}`;
      await writer(name);
      const { storage, database, damagedRecords } = await openStorage(name);
      expect(await storage.listProjects()).toEqual([project]);
      expect(await storage.listPhotos('project-1')).toEqual([photo]);
      expect(await (await storage.getImage(photo.imageHash))?.text()).toBe('image');
      expect(await (await storage.getThumbnail(photo.imageHash))?.text()).toBe('thumbnail');
      expect((await storage.getEmbeddings([KEY])).get(KEY)).toEqual(Float32Array.of(1, 2, 3));
      expect(await storage.listRuns('project-1')).toEqual([run]);
      expect(await storage.getSetting('theme')).toBe('dark');
      const models = createModelStore(database);
      expect((await models.list()).get('net')).toMatchObject([{ path: 'w.bin', receivedBytes: 5 }]);
      expect(new Uint8Array((await models.readFile('net', 'w.bin')) ?? [])).toEqual(
        Uint8Array.of(1, 2, 3, 4, 5),
      );
      expect(await storage.getUnfinishedRun('project-1')).toEqual(version < 2 ? null : unfinished);
      await storage.putUnfinishedRun({ ...unfinished, runId: 'run-3' });
      expect(await storage.getUnfinishedRun('project-1')).toMatchObject({ runId: 'run-3' });
      expect(damagedRecords()).toBe(0);
      storage.close();
    },
  );
});
