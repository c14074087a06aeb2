/**
 * A zip from somebody else, opened carefully: the table of contents first, then members one at a
 * time, inflated by the browser off the main thread and never past the size that the table declared.
 */
import { ArchiveError } from './archive-error.ts';
import { crc32InSlices } from './crc32.ts';
import { isJunkPath, splitEntryPath } from './entry-path.ts';
import { MAX_PROJECT_PHOTOS } from './project-limits.ts';
import { readZipDirectory, type DirectoryEntry, type ZipLimits } from './zip-directory.ts';

/** Pictures are read one at a time, so only their names are ever in memory together. */
export const DATASET_ZIP_LIMITS: ZipLimits = {
  entries: MAX_PROJECT_PHOTOS,
  memberBytes: 64 * 2 ** 20,
  totalBytes: 16 * 2 ** 30,
};

export interface ZipMember {
  /** Folders and file name, harmless. */
  readonly parts: readonly string[];
  readonly bytes: number;
  /** Throws ArchiveError 'damaged' when it does not hold what the table said. */
  read(signal?: AbortSignal): Promise<Uint8Array<ArrayBuffer>>;
}

export type SkipCode =
  | 'unsafe-name'
  | 'link'
  | 'nested-archive'
  | 'member-too-large'
  | 'unknown-method'
  | 'not-a-picture'
  | 'no-class'
  | 'not-in-csv';

export interface SkippedEntry {
  readonly name: string;
  readonly code: SkipCode;
}

export interface ZipArchive {
  readonly members: readonly ZipMember[];
  readonly skipped: readonly SkippedEntry[];
}

const ARCHIVE_NAME = /\.(zip|tm|headstart|rar|7z|tar|gz|tgz|bz2|xz)$/i;

/** Throws ArchiveError (see `readZipDirectory`). */
export async function openZip(file: Blob, limits = DATASET_ZIP_LIMITS): Promise<ZipArchive> {
  const members: ZipMember[] = [];
  const skipped: SkippedEntry[] = [];
  for (const entry of await readZipDirectory(file, limits)) {
    if (entry.isFolder) continue;
    const parts = splitEntryPath(entry.name);
    if (parts !== null && isJunkPath(parts)) continue;
    const code = parts === null ? 'unsafe-name' : reasonToSkip(entry, limits);
    if (parts === null || code !== null)
      skipped.push({ name: entry.name, code: code ?? 'unsafe-name' });
    else {
      members.push({
        parts,
        bytes: entry.bytes,
        read: (signal) => readMember(file, entry, signal),
      });
    }
  }
  return { members, skipped };
}

function reasonToSkip(entry: DirectoryEntry, limits: ZipLimits): SkipCode | null {
  if (entry.isSymlink) return 'link';
  if (ARCHIVE_NAME.test(entry.name)) return 'nested-archive';
  if (entry.bytes > limits.memberBytes) return 'member-too-large';
  if (entry.method !== 0 && entry.method !== 8) return 'unknown-method';
  return null;
}

const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;

async function readMember(
  file: Blob,
  entry: DirectoryEntry,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  signal?.throwIfAborted();
  const head = new DataView(
    await file.slice(entry.offset, entry.offset + LOCAL_BYTES).arrayBuffer(),
  );
  if (head.byteLength < LOCAL_BYTES || head.getUint32(0, true) !== LOCAL_SIGNATURE) {
    throw new ArchiveError('damaged');
  }
  const start = entry.offset + LOCAL_BYTES + head.getUint16(26, true) + head.getUint16(28, true);
  const packed = file.slice(start, start + entry.packedBytes);
  if (packed.size !== entry.packedBytes) throw new ArchiveError('truncated');
  const bytes = await collect(packed, entry, signal);
  if ((await crc32InSlices(bytes)) !== entry.crc) throw new ArchiveError('damaged');
  return bytes;
}

/** Memory is taken for the declared size, which is under the limit; more than that is never kept. */
async function collect(
  packed: Blob,
  entry: DirectoryEntry,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  if (entry.method === 0) {
    if (entry.packedBytes !== entry.bytes) throw new ArchiveError('damaged');
    return new Uint8Array(await packed.arrayBuffer());
  }
  const bytes = new Uint8Array(entry.bytes);
  const reader = packed.stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  let at = 0;
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await reader.read();
      if (done) break;
      if (at + value.length > bytes.length) throw new ArchiveError('damaged');
      bytes.set(value, at);
      at += value.length;
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined);
    if (signal?.aborted === true || error instanceof ArchiveError) throw error;
    throw new ArchiveError('damaged');
  }
  if (at !== bytes.length) throw new ArchiveError('damaged');
  return bytes;
}
