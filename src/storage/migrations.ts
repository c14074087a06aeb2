/**
 * One step per schema version, run in order inside the upgrade transaction: all of it happens or
 * none. A step is never changed once released; a new version is a new step.
 */
import type { IDBPDatabase } from 'idb';
import type { HeadstartSchema } from './schema.ts';

type Step = (database: IDBPDatabase<HeadstartSchema>) => void;

const STEPS: readonly Step[] = [createFirstVersion];

/** Brings a database from `from` (0: it did not exist) to `to`. */
export function migrate(database: IDBPDatabase<HeadstartSchema>, from: number, to: number): void {
  for (const step of STEPS.slice(from, to)) step(database);
}

function createFirstVersion(database: IDBPDatabase<HeadstartSchema>): void {
  database.createObjectStore('projects', { keyPath: 'id' });
  const photos = database.createObjectStore('photos', { keyPath: ['projectId', 'id'] });
  photos.createIndex('by-image', 'imageHash');
  database.createObjectStore('images', { keyPath: 'imageHash' });
  database.createObjectStore('thumbnails', { keyPath: 'imageHash' });
  const embeddings = database.createObjectStore('embeddings', { keyPath: 'key' });
  embeddings.createIndex('by-image', 'imageHash');
  const runs = database.createObjectStore('runs', { keyPath: 'id' });
  runs.createIndex('by-project', 'projectId');
  database.createObjectStore('settings', { keyPath: 'key' });
  database.createObjectStore('modelFiles', { keyPath: ['backboneId', 'path'] });
  database.createObjectStore('modelChunks', { keyPath: ['backboneId', 'path', 'offset'] });
}
