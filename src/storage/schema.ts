/** The database: its stores, their keys, and the version. Steps between versions are in migrations.ts. */
import type { DBSchema } from 'idb';
import type { Photo } from '../domain/photo.ts';
import type { Project } from '../domain/project.ts';
import type { HeadHistory } from '../domain/head-history.ts';
import type { Run } from '../domain/run.ts';
import type { UnfinishedRun } from '../domain/unfinished-run.ts';

export const DATABASE_NAME = 'headstart';
export const SCHEMA_VERSION = 2;

/**
 * Pictures as bytes and type, not as Blob: WebKit refuses or loses blobs in IndexedDB now and then
 * ("Error preparing Blob/File data to be stored in object store"), and Chromium writes a file of its
 * own for each, which is slow for thousands of small pictures.
 */
export interface PictureRecord {
  readonly bytes: ArrayBuffer;
  readonly type: string;
}

export interface ModelFileRecord {
  readonly path: string;
  readonly totalBytes: number;
  readonly receivedBytes: number;
  readonly sha256: string | null;
}

/**
 * The heads of a run's epochs, beside its own record in `runs` (history-record.ts). It has no project
 * id, so no index of runs finds it. Of many heads the first of their weights only.
 */
export interface StoredHistory {
  readonly headHistory: HeadHistory;
}

/** The weights that follow, in order. */
export interface StoredHistoryPiece {
  readonly weights: Float32Array;
}

/**
 * Keys are kept apart from values, so that values are exactly what the rest of the program uses. All
 * records of one project (or backbone) share the first part of their key and lie side by side.
 */
export interface HeadstartSchema extends DBSchema {
  /** Project id. */
  projects: { key: string; value: Project };
  /** [project id, photo id] */
  photos: { key: [string, string]; value: Photo; indexes: { imageHash: string } };
  /** Image hash. */
  images: { key: string; value: PictureRecord };
  /** Image hash. */
  thumbnails: { key: string; value: PictureRecord };
  /** See `embeddingKey`. */
  embeddings: { key: string; value: Float32Array };
  /** Run id, or one of its `historyKeys`. */
  runs: {
    key: string;
    value: Run | StoredHistory | StoredHistoryPiece;
    indexes: { projectId: string };
  };
  /** Project id; since version 2. */
  unfinishedRuns: { key: string; value: UnfinishedRun };
  settings: { key: string; value: unknown };
  /** [backbone id, path] */
  modelFiles: { key: [string, string]; value: ModelFileRecord };
  /** [backbone id, path, offset in bytes] */
  modelChunks: { key: [string, string, number]; value: ArrayBuffer };
}
