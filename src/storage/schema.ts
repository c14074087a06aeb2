/** The database: its stores, their keys, and the version. Steps between versions are in migrations.ts. */
import type { DBSchema } from 'idb';
import type { Photo } from '../domain/photo.ts';
import type { Project } from '../domain/project.ts';
import type { Run } from '../domain/run.ts';

export const DATABASE_NAME = 'headstart';
export const SCHEMA_VERSION = 1;

export interface PhotoRecord {
  readonly projectId: string;
  readonly id: string;
  readonly imageHash: string;
  readonly photo: Photo;
}

/**
 * Pictures as bytes and type, not as Blob: WebKit has lost blobs kept in IndexedDB, and bytes can be
 * counted and checked.
 */
export interface PictureRecord {
  readonly imageHash: string;
  readonly bytes: ArrayBuffer;
  readonly type: string;
}

export interface EmbeddingRecord {
  readonly key: string;
  readonly imageHash: string;
  readonly values: Float32Array;
}

export interface ModelFileRecord {
  readonly backboneId: string;
  readonly path: string;
  readonly totalBytes: number;
  readonly receivedBytes: number;
  readonly sha256: string | null;
}

export interface ModelChunkRecord {
  readonly backboneId: string;
  readonly path: string;
  readonly offset: number;
  readonly bytes: ArrayBuffer;
}

export interface HeadstartSchema extends DBSchema {
  projects: { key: string; value: Project };
  photos: {
    key: [string, string];
    value: PhotoRecord;
    indexes: { 'by-image': string };
  };
  images: { key: string; value: PictureRecord };
  thumbnails: { key: string; value: PictureRecord };
  embeddings: { key: string; value: EmbeddingRecord; indexes: { 'by-image': string } };
  runs: { key: string; value: Run; indexes: { 'by-project': string } };
  settings: { key: string; value: { key: string; value: unknown } };
  modelFiles: { key: [string, string]; value: ModelFileRecord };
  modelChunks: { key: [string, string, number]; value: ModelChunkRecord };
}
