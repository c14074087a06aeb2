/**
 * Writes a zip piece by piece, so that a large one never stands in memory. Members are stored, not
 * deflated: pictures do not get smaller. Layout: PKWARE APPNOTE 6.3.10, without zip64.
 */
import { ArchiveError } from './archive-error.ts';
import { crc32InSlices } from './crc32.ts';

export interface ByteSink {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
}

export interface ZipWriter {
  /** Throws ArchiveError 'export-too-large' past 65,534 members or 4 GB. */
  add(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Table of contents and end. */
  finish(): Promise<void>;
}

const MAX_MEMBERS = 0xfffe;
const MAX_BYTES = 0xfffffffe;
const UTF8_FLAG = 0x0800;
/** 1 January 1980, midnight: when a photo was taken or exported is nobody else's business. */
const DOS_DATE = 0x0021;

export function createZipWriter(sink: ByteSink): ZipWriter {
  const table: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  let tableBytes = 0;
  return {
    async add(name, bytes) {
      const nameBytes = new TextEncoder().encode(name);
      const entry = tableEntry(nameBytes, bytes.length, await crc32InSlices(bytes), offset);
      const after = offset + 30 + nameBytes.length + bytes.length;
      if (table.length >= MAX_MEMBERS || after + tableBytes + entry.length + 22 > MAX_BYTES) {
        throw new ArchiveError('export-too-large');
      }
      await sink.write(localHeader(entry, nameBytes));
      await sink.write(bytes);
      table.push(entry);
      tableBytes += entry.length;
      offset = after;
    },
    async finish() {
      for (const entry of table) await sink.write(entry);
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
  const out = new Uint8Array(46 + name.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x02014b50, true);
  view.setUint16(4, 20, true);
  view.setUint16(6, 20, true);
  view.setUint16(8, UTF8_FLAG, true);
  view.setUint16(14, DOS_DATE, true);
  view.setUint32(16, crc, true);
  view.setUint32(20, size, true);
  view.setUint32(24, size, true);
  view.setUint16(28, name.length, true);
  view.setUint32(42, offset, true);
  out.set(name, 46);
  return out;
}

/** The local header repeats bytes 6 to 30 of the entry in the table. */
function localHeader(entry: Uint8Array, name: Uint8Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(30 + name.length);
  new DataView(out.buffer).setUint32(0, 0x04034b50, true);
  out.set(entry.subarray(6, 32), 4);
  out.set(name, 30);
  return out;
}

function endRecord(count: number, tableBytes: number, offset: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(22);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, count, true);
  view.setUint16(10, count, true);
  view.setUint32(12, tableBytes, true);
  view.setUint32(16, offset, true);
  return out;
}
