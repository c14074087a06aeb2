/**
 * What the state layer may ask of storage. `openStorage` implements it on IndexedDB. Every write
 * resolves only when its transaction has completed, so an acknowledged change survives a crash.
 * Throws StorageError, never a raw DOMException.
 */
import type { Photo, PhotoId } from '../domain/photo.ts';
import type { Project, ProjectId } from '../domain/project.ts';
import type { HeadHistory } from '../domain/head-history.ts';
import type { Run, RunId } from '../domain/run.ts';
import type { RunSummary } from '../domain/run-summary.ts';
import type { UnfinishedRun } from '../domain/unfinished-run.ts';

export type StorageErrorCode =
  | 'quota-exceeded'
  | 'blocked'
  | 'unavailable'
  | 'from-the-future'
  /** Another tab writes this project; see `guardStorage` in state. */
  | 'read-only'
  | 'failed';

export class StorageError extends Error {
  readonly code: StorageErrorCode;
  constructor(code: StorageErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StorageError';
    this.code = code;
  }
}

export interface NewPhoto {
  readonly photo: Photo;
  readonly image: Blob;
  readonly thumbnail: Blob;
}

/** image hash + backbone id + weights hash + preprocessing version; see `embeddingKey` in domain. */
export type EmbeddingKey = string;

export interface StorageUsage {
  readonly usedBytes: number;
  readonly quotaBytes: number;
  readonly persistent: boolean;
}

/** What a list of projects shows of one that is not open. */
export interface ProjectSummary {
  readonly photoCount: number;
  readonly runCount: number;
  /** Image hashes of the pictures on its cover, at most as many as asked for. */
  readonly coverHashes: readonly string[];
}

export interface Storage {
  listProjects(): Promise<readonly Project[]>;
  getProject(id: ProjectId): Promise<Project | null>;
  putProject(project: Project): Promise<void>;
  /**
   * Removes the project with its photos and runs. Blobs and embeddings that nobody else refers to
   * follow in the background.
   */
  deleteProject(id: ProjectId): Promise<void>;
  /** Counts without reading photos or runs; the cover shows photos from all over the project. */
  summariseProject(id: ProjectId, coverPhotos: number): Promise<ProjectSummary>;
  /**
   * Writes `copy` with the photos and runs of `from`, in one transaction. Photos keep their ids and
   * share their pictures; runs get new ids.
   */
  copyProject(from: ProjectId, copy: Project, newRunId: () => RunId): Promise<void>;
  /**
   * Removes photos, runs and unfinished runs whose project does not exist (left by a page that died
   * while it opened a project file); `isBusy` names projects that are being written now. Gives the
   * number of photos removed.
   */
  removeOrphans(isBusy: (id: ProjectId) => boolean): Promise<number>;

  listPhotos(projectId: ProjectId): Promise<readonly Photo[]>;
  /** Photos with image and thumbnail, and photos that changed because of them, in one transaction. */
  addPhotos(
    projectId: ProjectId,
    photos: readonly NewPhoto[],
    changed?: readonly Photo[],
  ): Promise<void>;
  updatePhotos(projectId: ProjectId, photos: readonly Photo[]): Promise<void>;
  /** Removes the records; blobs stay until `collectGarbage`, so that undo can bring a photo back. */
  deletePhotos(projectId: ProjectId, ids: readonly PhotoId[]): Promise<void>;
  /** Puts back records deleted in this session. */
  restorePhotos(projectId: ProjectId, photos: readonly Photo[]): Promise<void>;
  /**
   * Project and photos in one transaction, for edits that touch both (removing a class with its
   * photos, a new split): either all of it is there after a crash or none of it.
   */
  applyEdit(
    project: Project,
    change: { put: readonly Photo[]; remove: readonly PhotoId[] },
  ): Promise<void>;

  getImage(imageHash: string): Promise<Blob | null>;
  getThumbnail(imageHash: string): Promise<Blob | null>;

  getEmbeddings(keys: readonly EmbeddingKey[]): Promise<ReadonlyMap<EmbeddingKey, Float32Array>>;
  /** Which of these are stored, without reading them. */
  haveEmbeddings(keys: readonly EmbeddingKey[]): Promise<ReadonlySet<EmbeddingKey>>;
  putEmbeddings(entries: ReadonlyMap<EmbeddingKey, Float32Array>): Promise<void>;

  /** Whole runs, with the heads of every epoch where kept: megabytes each. For exports. */
  listRuns(projectId: ProjectId): Promise<readonly Run[]>;
  /** What a list shows of each; never reads the heads of every epoch. */
  listRunSummaries(projectId: ProjectId): Promise<readonly RunSummary[]>;
  /** Counts keys; reads nothing. */
  countRuns(projectId: ProjectId): Promise<number>;
  /** Without the heads of every epoch; null when it is gone or damaged. */
  getRun(id: RunId): Promise<Run | null>;
  getHeadHistory(id: RunId): Promise<HeadHistory | null>;
  /** With the heads of every epoch, or without: those stored with it before are then gone. */
  putRun(run: Run): Promise<void>;
  /** Leaves everything else as it is; nothing happens to a run that is gone. */
  changeRun(
    id: RunId,
    change: Partial<Pick<Run, 'name' | 'named' | 'pinned' | 'repeats' | 'calibration'>>,
  ): Promise<void>;
  deleteRun(id: RunId): Promise<void>;
  /** The best head stays. */
  dropHeadHistory(id: RunId): Promise<void>;

  /** Null also for a damaged one. */
  getUnfinishedRun(projectId: ProjectId): Promise<UnfinishedRun | null>;
  /** Takes the place of the one before; a project without a record of its own keeps none. */
  putUnfinishedRun(run: UnfinishedRun): Promise<void>;
  deleteUnfinishedRun(projectId: ProjectId): Promise<void>;

  /** Small values of this device: backend survey, theme, last project. JSON-cloneable. */
  getSetting(key: string): Promise<unknown>;
  putSetting(key: string, value: unknown): Promise<void>;

  /**
   * Deletes blobs and embeddings that no photo of any project refers to, except those of photos
   * deleted in this session, which undo may need. Yields to other work.
   */
  collectGarbage(): Promise<{ images: number; embeddings: number }>;
  /** Records left out so far, since this page was opened, because they were damaged. */
  damagedRecords(): number;
  usage(): Promise<StorageUsage>;
  requestPersistence(): Promise<boolean>;
  close(): void;
}
