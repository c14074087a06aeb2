/**
 * Writes a zip piece by piece, so that a large one never stands in memory. Members are stored, not
 * deflated: pictures do not get smaller. Layout: PKWARE APPNOTE 6.3.10; zip64 records only from where
 * the plain ones end (65,534 members, 4 GB), so that smaller files open everywhere.
 */
import { ArchiveError } from './archive-error.ts';
import { crc32InSlices } from './crc32.ts';
import { MAX_ZIP_BYTES } from './project-limits.ts';

export interface ByteSink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

export interface ZipWriter {
  /** Throws ArchiveError 'export-too-large' past `MAX_ZIP_BYTES`. */
  add(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Table of contents and end. */
  finish(): Promise<void>;
}

const MAX_UINT16 = 0xffff;
const MAX_UINT32 = 0xffffffff;
const UTF8_FLAG = 0x0800;
/** Of APPNOTE 4.4.3: 4.5 is the first that knows zip64. */
const VERSION_PLAIN = 20;
const VERSION_ZIP64 = 45;
/** 1 January 1980, midnight: when a photo was taken or exported is nobody else's business. */
const DOS_DATE = 0x0021;

/** @param startsAt bytes that the sink holds already and that belong to the file */
export function createZipWriter(sink: ByteSink, startsAt = 0): ZipWriter {
  const table: Uint8Array<ArrayBuffer>[] = [];
  let offset = startsAt;
  let tableBytes = 0;
  return {
    async add(name, bytes) {
      const nameBytes = new TextEncoder().encode(name);
      const crc = await crc32InSlices(bytes);
      const entry = tableEntry(nameBytes, bytes.length, crc, offset);
      const after = offset + 30 + nameBytes.length + bytes.length;
      if (after + tableBytes + entry.length > MAX_ZIP_BYTES || bytes.length >= MAX_UINT32) {
        throw new ArchiveError('export-too-large', { limit: MAX_ZIP_BYTES / 2 ** 30 });
      }
      await sink.write(localHeader(entry, nameBytes));
      await sink.write(bytes);
      table.push(entry);
      tableBytes += entry.length;
      offset = after;
    },
    async finish() {
      for (const entry of table) await sink.write(entry);
      if (table.length >= MAX_UINT16 || tableBytes >= MAX_UINT32 || offset >= MAX_UINT32) {
        await sink.write(wideEndRecord(table.length, tableBytes, offset));
      }
      await sink.write(endRecord(table.length, tableBytes, offset));
    },
  };
}

function tableEntry(
  name: Uint8Array,
  size: number,
  crc: number,
  offset: number,
): Uint8Array<ArrayBuffer> {
  const isFar = offset >= MAX_UINT32;
  const out = new Uint8Array(46 + name.length + (isFar ? 12 : 0));
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x02014b50, true);
  view.setUint16(4, isFar ? VERSION_ZIP64 : VERSION_PLAIN, true);
  view.setUint16(6, isFar ? VERSION_ZIP64 : VERSION_PLAIN, true);
  view.setUint16(8, UTF8_FLAG, true);
  view.setUint16(14, DOS_DATE, true);
  view.setUint32(16, crc, true);
  view.setUint32(20, size, true);
  view.setUint32(24, size, true);
  view.setUint16(28, name.length, true);
  view.setUint32(42, Math.min(offset, MAX_UINT32), true);
  out.set(name, 46);
  if (isFar) {
    const extra = 46 + name.length;
    view.setUint16(30, 12, true);
    view.setUint16(extra, 1, true);
    view.setUint16(extra + 2, 8, true);
    view.setBigUint64(extra + 4, BigInt(offset), true);
  }
  return out;
}

/** The local header repeats bytes 6 to 30 of the entry in the table, and has no extra field. */
function localHeader(entry: Uint8Array, name: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(30 + name.length);
  new DataView(out.buffer).setUint32(0, 0x04034b50, true);
  out.set(entry.subarray(6, 30), 4);
  out.set(name, 30);
  return out;
}

/** The zip64 end record and the locator that says where it is (APPNOTE 4.3.14, 4.3.15). */
function wideEndRecord(count: number, tableBytes: number, offset: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(56 + 20);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x06064b50, true);
  view.setBigUint64(4, 44n, true); // of this record, without its first 12 bytes
  view.setUint16(12, VERSION_ZIP64, true);
  view.setUint16(14, VERSION_ZIP64, true);
  view.setBigUint64(24, BigInt(count), true);
  view.setBigUint64(32, BigInt(count), true);
  view.setBigUint64(40, BigInt(tableBytes), true);
  view.setBigUint64(48, BigInt(offset), true);
  view.setUint32(56, 0x07064b50, true);
  view.setBigUint64(64, BigInt(offset + tableBytes), true);
  view.setUint32(72, 1, true); // volumes
  return out;
}

function endRecord(count: number, tableBytes: number, offset: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(22);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, Math.min(count, MAX_UINT16), true);
  view.setUint16(10, Math.min(count, MAX_UINT16), true);
  view.setUint32(12, Math.min(tableBytes, MAX_UINT32), true);
  view.setUint32(16, Math.min(offset, MAX_UINT32), true);
  return out;
}
