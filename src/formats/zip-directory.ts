/**
 * Reads the table of contents of a zip and nothing else, so that every size is known and checked
 * before a single member is opened. Layout: PKWARE APPNOTE 6.3.10, sections 4.3.12 to 4.3.16; with
 * zip64 (4.3.14, 4.3.15, 4.5.3) counts and sizes may be past 16 and 32 bits, and no limit is another.
 */
import { ArchiveError } from './archive-error.ts';
import { decodeEntryName } from './entry-path.ts';

export interface ZipLimits {
  readonly entries: number;
  /** Of one member, unpacked; larger ones are left out by the caller. */
  readonly memberBytes: number;
  /** Of all members, unpacked, the too large ones not counted. */
  readonly totalBytes: number;
}

export interface DirectoryEntry {
  readonly name: string;
  /** 0 stored, 8 deflated; others cannot be opened. */
  readonly method: number;
  readonly isSymlink: boolean;
  readonly isFolder: boolean;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Of the local header, from the start of the file. */
  readonly offset: number;
}

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 0xffff;
const ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
const ZIP64_LOCATOR_BYTES = 20;
const ZIP64_END_SIGNATURE = 0x06064b50;
const ZIP64_END_BYTES = 56;
const ZIP64_FIELD = 1;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
/** Stand where the number itself is in a zip64 record. */
const MAX_UINT16 = 0xffff;
const MAX_UINT32 = 0xffffffff;
/** Deflate cannot pack better than 1032 to 1; honest data of this size never comes near this. */
const BOMB_RATIO = 200;
const BOMB_BYTES = 16 * 2 ** 20;
/** What an entry of the table takes at most in practice: keeps a lying table out of memory. */
const MAX_ENTRY_BYTES = 1024;

interface DirectoryPlace {
  readonly offset: number;
  readonly bytes: number;
  readonly entries: number;
}

async function viewOf(file: Blob, start: number, end: number): Promise<DataView> {
  return new DataView(await file.slice(start, end).arrayBuffer());
}

/** Throws ArchiveError: not-a-zip, truncated, damaged, encrypted, spanned, too-many-entries, too-large, bomb. */
export async function readZipDirectory(
  file: Blob,
  limits: ZipLimits,
): Promise<readonly DirectoryEntry[]> {
  const place = await findDirectory(file);
  if (place.entries > limits.entries) {
    throw new ArchiveError('too-many-entries', { limit: limits.entries });
  }
  if (place.offset + place.bytes > file.size) throw new ArchiveError('truncated');
  if (place.bytes > (place.entries + 1) * MAX_ENTRY_BYTES) throw new ArchiveError('damaged');
  const view = await viewOf(file, place.offset, place.offset + place.bytes);
  const entries: DirectoryEntry[] = [];
  let at = 0;
  let total = 0;
  for (let i = 0; i < place.entries; i++) {
    const { entry, next } = readEntry(view, at);
    at = next;
    entries.push(entry);
    if (entry.offset >= file.size) throw new ArchiveError('damaged');
    if (entry.bytes > BOMB_BYTES && entry.bytes > BOMB_RATIO * entry.packedBytes) {
      throw new ArchiveError('bomb');
    }
    if (entry.bytes <= limits.memberBytes) total += entry.bytes;
  }
  if (total > limits.totalBytes)
    throw new ArchiveError('too-large', { limit: limits.totalBytes / 2 ** 30 });
  return entries;
}

async function findDirectory(file: Blob): Promise<DirectoryPlace> {
  if (file.size < END_BYTES) throw new ArchiveError('not-a-zip');
  const tailStart = Math.max(0, file.size - END_BYTES - MAX_COMMENT_BYTES);
  const tail = await viewOf(file, tailStart, file.size);
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (tail.getUint32(at, true) !== END_SIGNATURE) continue;
    const commentBytes = tail.getUint16(at + 20, true);
    if (at + END_BYTES + commentBytes > tail.byteLength) continue;
    return readEnd(file, tail, at, tailStart);
  }
  const head = await viewOf(file, 0, 4);
  // A zip that begins as one and has no end was cut off.
  throw new ArchiveError(head.getUint32(0, true) === 0x04034b50 ? 'truncated' : 'not-a-zip');
}

async function readEnd(
  file: Blob,
  tail: DataView,
  at: number,
  tailStart: number,
): Promise<DirectoryPlace> {
  if (tail.getUint16(at + 4, true) !== tail.getUint16(at + 6, true)) {
    throw new ArchiveError('spanned');
  }
  const short: DirectoryPlace = {
    entries: tail.getUint16(at + 10, true),
    bytes: tail.getUint32(at + 12, true),
    offset: tail.getUint32(at + 16, true),
  };
  const isWide =
    short.entries === MAX_UINT16 || short.bytes === MAX_UINT32 || short.offset === MAX_UINT32;
  const wide = isWide ? await readWideEnd(file, tailStart + at - ZIP64_LOCATOR_BYTES) : null;
  if (wide === null) return short;
  // Where both records say a number, two readers must not see two archives.
  const agrees = (said: number, marker: number, meant: number): boolean =>
    said === marker || said === meant;
  if (
    !agrees(short.entries, MAX_UINT16, wide.entries) ||
    !agrees(short.bytes, MAX_UINT32, wide.bytes) ||
    !agrees(short.offset, MAX_UINT32, wide.offset)
  ) {
    throw new ArchiveError('damaged');
  }
  return wide;
}

/** The zip64 end record, found by the locator in front of the plain one; null when there is none. */
async function readWideEnd(file: Blob, locatorAt: number): Promise<DirectoryPlace | null> {
  if (locatorAt < 0) return null;
  const locator = await viewOf(file, locatorAt, locatorAt + ZIP64_LOCATOR_BYTES);
  if (locator.getUint32(0, true) !== ZIP64_LOCATOR_SIGNATURE) return null;
  if (locator.getUint32(16, true) > 1) throw new ArchiveError('spanned');
  const endAt = wideNumber(locator, 8);
  if (endAt + ZIP64_END_BYTES > locatorAt) throw new ArchiveError('damaged');
  const end = await viewOf(file, endAt, endAt + ZIP64_END_BYTES);
  if (end.getUint32(0, true) !== ZIP64_END_SIGNATURE) throw new ArchiveError('damaged');
  if (end.getUint32(16, true) !== end.getUint32(20, true)) throw new ArchiveError('spanned');
  return {
    entries: wideNumber(end, 32),
    bytes: wideNumber(end, 40),
    offset: wideNumber(end, 48),
  };
}

/** 64 bits. What a double cannot count exactly is no size of any file. */
function wideNumber(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true);
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new ArchiveError('damaged');
  return Number(value);
}

function readEntry(view: DataView, at: number): { entry: DirectoryEntry; next: number } {
  if (at + ENTRY_BYTES > view.byteLength) throw new ArchiveError('damaged');
  if (view.getUint32(at, true) !== ENTRY_SIGNATURE) throw new ArchiveError('damaged');
  const nameBytes = view.getUint16(at + 28, true);
  const extraBytes = view.getUint16(at + 30, true);
  const extraAt = at + ENTRY_BYTES + nameBytes;
  const next = extraAt + extraBytes + view.getUint16(at + 32, true);
  if (next > view.byteLength) throw new ArchiveError('damaged');
  if (view.getUint16(at + 8, true) & 0x2041) throw new ArchiveError('encrypted');
  const name = decodeEntryName(
    new Uint8Array(view.buffer, view.byteOffset + at + ENTRY_BYTES, nameBytes),
  );
  const sizes = wideSizes(view, at, extraAt, extraBytes);
  const madeOnUnix = view.getUint8(at + 5) === 3;
  const unixKind = (view.getUint32(at + 38, true) >>> 16) & 0xf000;
  const entry: DirectoryEntry = {
    name,
    method: view.getUint16(at + 10, true),
    isSymlink: madeOnUnix && unixKind === 0xa000,
    isFolder: /[\\/]$/.test(name) && sizes.bytes === 0,
    crc: view.getUint32(at + 16, true),
    ...sizes,
  };
  return { entry, next };
}

/** Sizes that do not fit 32 bits stand in an extra field (APPNOTE 4.5.3), in this order, if needed. */
function wideSizes(view: DataView, at: number, extraAt: number, extraBytes: number) {
  const short = {
    bytes: view.getUint32(at + 24, true),
    packedBytes: view.getUint32(at + 20, true),
    offset: view.getUint32(at + 42, true),
  };
  if (Object.values(short).every((value) => value !== MAX_UINT32)) return short;
  for (let field = extraAt; field + 4 <= extraAt + extraBytes;) {
    const from = field + 4;
    const end = from + view.getUint16(field + 2, true);
    if (end > extraAt + extraBytes) break;
    if (view.getUint16(field, true) === ZIP64_FIELD) return readWideSizes(view, from, end, short);
    field = end;
  }
  throw new ArchiveError('damaged');
}

function readWideSizes(
  view: DataView,
  start: number,
  end: number,
  short: Pick<DirectoryEntry, 'bytes' | 'packedBytes' | 'offset'>,
) {
  let from = start;
  const take = (value: number): number => {
    if (value !== MAX_UINT32) return value;
    if (from + 8 > end) throw new ArchiveError('damaged');
    from += 8;
    return wideNumber(view, from - 8);
  };
  const bytes = take(short.bytes);
  const packedBytes = take(short.packedBytes);
  return { bytes, packedBytes, offset: take(short.offset) };
}
