/**
 * Downloaded backbones, kept for offline use. Files arrive in chunks, so a broken download goes on
 * where it stopped.
 */
export interface StoredModelFile {
  readonly path: string;
  /** Bytes kept so far; complete when equal to `totalBytes`. */
  readonly receivedBytes: number;
  readonly totalBytes: number;
  readonly sha256: string | null;
}

export interface ModelStore {
  list(): Promise<ReadonlyMap<string, readonly StoredModelFile[]>>;
  appendChunk(
    backboneId: string,
    path: string,
    offset: number,
    totalBytes: number,
    chunk: Uint8Array,
  ): Promise<void>;
  markComplete(backboneId: string, path: string, sha256: string): Promise<void>;
  readFile(backboneId: string, path: string): Promise<ArrayBuffer | null>;
  remove(backboneId: string): Promise<void>;
  removeFile(backboneId: string, path: string): Promise<void>;
}
