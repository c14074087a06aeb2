/**
 * One step per schema version, run in order inside the upgrade transaction: all of it happens or
 * none. A released step is never changed; a new version is a new step at the end, a higher
 * SCHEMA_VERSION, and a writer of the version before it in `earlier-versions.test.ts`.
 */
import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import type { HeadstartSchema } from './schema.ts';

type Upgrade = IDBPTransaction<HeadstartSchema, StoreNames<HeadstartSchema>[], 'versionchange'>;
/** Brings a database to the next version; may read and rewrite records through the transaction. */
type Step = (database: IDBPDatabase<HeadstartSchema>, transaction: Upgrade) => Promise<void> | void;

/** STEPS[n] leads from version n to n + 1; version 0 is a database that did not exist. */
const STEPS: readonly Step[] = [createFirstVersion, addUnfinishedRuns];

export async function migrate(
  database: IDBPDatabase<HeadstartSchema>,
  transaction: Upgrade,
  from: number,
  to: number,
): Promise<void> {
  for (const step of STEPS.slice(from, to)) await step(database, transaction);
}

function createFirstVersion(database: IDBPDatabase<HeadstartSchema>): void {
  database.createObjectStore('projects');
  database.createObjectStore('photos').createIndex('imageHash', 'imageHash');
  database.createObjectStore('images');
  database.createObjectStore('thumbnails');
  database.createObjectStore('embeddings');
  database.createObjectStore('runs').createIndex('projectId', 'projectId');
  database.createObjectStore('settings');
  database.createObjectStore('modelFiles');
  database.createObjectStore('modelChunks');
}

/** Runs that a closed page or a crash has interrupted can go on. */
function addUnfinishedRuns(database: IDBPDatabase<HeadstartSchema>): void {
  database.createObjectStore('unfinishedRuns');
}
