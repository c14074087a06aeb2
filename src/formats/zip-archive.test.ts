import { existsSync, readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { crc32 } from './crc32.ts';
import { splitEntryPath } from './entry-path.ts';
import { openZip } from './zip-archive.ts';

const blob = (bytes: Uint8Array): Blob => new Blob([bytes.slice()]);
const noise = (length: number, seed = 1): Uint8Array =>
  Uint8Array.from({ length }, (_, i) => Math.imul(i + seed, 2654435761) >>> 24);

/** Changes 16 bits of every entry of the table of contents. */
function patchDirectory(
  zip: Uint8Array,
  offset: number,
  value: number,
  width: 2 | 4 = 2,
): Uint8Array {
  const copy = zip.slice();
  const view = new DataView(copy.buffer);
  for (let at = 0; at + 46 < copy.length; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    if (width === 2) view.setUint16(at + offset, value, true);
    else view.setUint32(at + offset, value, true);
  }
  return copy;
}

describe('openZip', () => {
  it('reads stored and deflated members as they were packed', async () => {
    const files = { 'a/one.jpg': noise(5000), 'b/two.jpg': new Uint8Array(3000) };
    for (const level of [0, 6] as const) {
      const { members, skipped } = await openZip(blob(zipSync(files, { level })));
      expect(skipped).toEqual([]);
      expect(members.map((member) => member.parts.join('/'))).toEqual(Object.keys(files));
      for (const member of members) {
        const original = files[member.parts.join('/') as keyof typeof files];
        expect(await member.read()).toEqual(original);
      }
    }
  });

  it('leaves out junk silently and names what else it leaves out', async () => {
    const zip = zipSync({
      '__MACOSX/a/._one.jpg': noise(3),
      'a/.DS_Store': noise(3),
      'a/Thumbs.db': noise(3),
      'inner.zip': noise(3),
      '../up.jpg': noise(3),
      'a/one.jpg': noise(3),
    });
    const { members, skipped } = await openZip(blob(zip));
    expect(members.map((member) => member.parts)).toEqual([['a', 'one.jpg']]);
    expect(skipped).toEqual([
      { name: 'inner.zip', code: 'nested-archive' },
      { name: '../up.jpg', code: 'unsafe-name' },
    ]);
  });

  it('leaves out links, unknown methods and members over the limit', async () => {
    const link = zipSync({ x: [strToU8('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }] });
    expect((await openZip(blob(link))).skipped).toEqual([{ name: 'x', code: 'link' }]);
    const odd = patchDirectory(zipSync({ 'x.jpg': noise(9) }), 10, 12);
    expect((await openZip(blob(odd))).skipped[0]?.code).toBe('unknown-method');
    const limits = { entries: 9, memberBytes: 10, totalBytes: 100 };
    const large = await openZip(blob(zipSync({ 'x.jpg': noise(11) })), limits);
    expect(large.skipped[0]?.code).toBe('member-too-large');
  });

  it('refuses before anything is inflated', async () => {
    const zip = zipSync({ 'a/1.jpg': noise(50), 'a/2.jpg': noise(50) });
    const limits = { entries: 1, memberBytes: 100, totalBytes: 1000 };
    await expect(openZip(blob(zip), limits)).rejects.toMatchObject({ code: 'too-many-entries' });
    const tight = { entries: 9, memberBytes: 60, totalBytes: 90 };
    await expect(openZip(blob(zip), tight)).rejects.toMatchObject({ code: 'too-large' });
    const bomb = zipSync({ 'a/1.jpg': new Uint8Array(20 * 2 ** 20) }, { level: 9 });
    await expect(openZip(blob(bomb))).rejects.toMatchObject({ code: 'bomb' });
    await expect(openZip(blob(patchDirectory(zip, 8, 1)))).rejects.toMatchObject({
      code: 'encrypted',
    });
    await expect(openZip(blob(zip.slice(0, 90)))).rejects.toMatchObject({ code: 'truncated' });
    await expect(openZip(blob(noise(500)))).rejects.toMatchObject({ code: 'not-a-zip' });
    await expect(openZip(new Blob(['hello']))).rejects.toMatchObject({ code: 'not-a-zip' });
  });

  it('notices members that are not what the table says', async () => {
    const zip = zipSync({ 'a/1.jpg': new Uint8Array(4000) });
    for (const lie of [patchDirectory(zip, 24, 100, 4), patchDirectory(zip, 16, 7, 4)]) {
      const { members } = await openZip(blob(lie));
      await expect(members[0]?.read()).rejects.toMatchObject({ code: 'damaged' });
    }
  });

  it('stops reading when told to', async () => {
    const { members } = await openZip(blob(zipSync({ 'a.jpg': noise(9) })));
    await expect(members[0]?.read(AbortSignal.abort())).rejects.toThrow();
  });

  it('reads the zip64 form of a table', async () => {
    const body = deflateRawSync(strToU8('hello'));
    const { members } = await openZip(new Blob([zip64With('a.jpg', body, strToU8('hello'))]));
    expect(await members[0]?.read()).toEqual(strToU8('hello'));
  });

  describe('zip64 records that cannot be true', () => {
    const zip = zip64With('a.jpg', deflateRawSync(strToU8('hello')), strToU8('hello'));
    const end = zip.length - 98; // of the zip64 end record; locator and plain end behind it
    const extra = end - 28;
    const changed = (change: (view: DataView) => void): Blob => {
      const copy = zip.slice();
      change(new DataView(copy.buffer));
      return new Blob([copy]);
    };
    it.each([
      ['more entries than are allowed', 'too-many-entries', end + 32, 2n ** 40n],
      ['a count that no file reaches', 'damaged', end + 32, 2n ** 63n],
      ['a table larger than the file', 'truncated', end + 40, 2n ** 33n],
      ['a table behind the end', 'truncated', end + 48, 2n ** 33n],
      ['a record behind the end', 'damaged', end + 64, 2n ** 40n],
      ['a record that would reach into its locator', 'damaged', end + 64, BigInt(end + 1)],
      ['a bomb', 'bomb', extra + 4, 2n ** 35n],
      ['a size that no memory holds', 'damaged', extra + 4, 2n ** 60n],
      ['a member behind the end', 'damaged', extra + 20, 2n ** 34n],
    ])('%s: %s', async (_, code, at, value) => {
      const lie = changed((view) => {
        view.setBigUint64(at, value, true);
      });
      await expect(openZip(lie)).rejects.toMatchObject({ code });
    });

    it.each([
      ['another record at its place', 'damaged', end, 0x12345678],
      ['several volumes', 'spanned', end + 72, 2],
      ['a table on another volume', 'spanned', end + 20, 1],
      ['another count in the plain record', 'damaged', end + 84, 0x0007_0000],
      ['no wide sizes where they are needed', 'damaged', extra, 0x0018_0002],
      ['too short a field of wide sizes', 'damaged', extra, 0x0008_0001],
    ])('%s: %s', async (_, code, at, value) => {
      const lie = changed((view) => {
        view.setUint32(at, value, true);
      });
      await expect(openZip(lie)).rejects.toMatchObject({ code });
    });

    it('a member cut short is noticed', async () => {
      const { members } = await openZip(
        changed((view) => {
          view.setBigUint64(extra + 12, 4n, true);
        }),
      );
      await expect(members[0]?.read()).rejects.toMatchObject({ code: 'damaged' });
    });

    it('names that climb out and archives within stay outside', async () => {
      for (const [name, code] of [
        ['../a.jpg', 'unsafe-name'],
        ['in.zip', 'nested-archive'],
      ] as const) {
        const body = deflateRawSync(strToU8('hello'));
        const file = new Blob([zip64With(name, body, strToU8('hello'))]);
        expect(await openZip(file)).toEqual({ members: [], skipped: [{ name, code }] });
      }
    });

    it('an end that was cut off is told from one that never was', async () => {
      await expect(openZip(new Blob([zip.slice(0, end + 60)]))).rejects.toMatchObject({
        code: 'truncated',
      });
    });
  });
});

/** One deflated member whose sizes stand in the zip64 fields only. */
function zip64With(name: string, packed: Uint8Array, plain: Uint8Array): Uint8Array<ArrayBuffer> {
  const nameBytes = strToU8(name);
  const local = 30 + nameBytes.length + packed.length;
  const table = 46 + nameBytes.length + 28;
  const out = new Uint8Array(local + table + 56 + 20 + 22);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0x04034b50, true);
  view.setUint16(26, nameBytes.length, true);
  out.set(nameBytes, 30);
  out.set(packed, 30 + nameBytes.length);
  view.setUint32(local, 0x02014b50, true);
  view.setUint16(local + 10, 8, true);
  view.setUint32(local + 16, crc32(plain), true);
  for (const at of [20, 24, 42]) view.setUint32(local + at, 0xffffffff, true);
  view.setUint16(local + 28, nameBytes.length, true);
  view.setUint16(local + 30, 28, true);
  out.set(nameBytes, local + 46);
  const extra = local + 46 + nameBytes.length;
  view.setUint16(extra, 1, true);
  view.setUint16(extra + 2, 24, true);
  view.setBigUint64(extra + 4, BigInt(plain.length), true);
  view.setBigUint64(extra + 12, BigInt(packed.length), true);
  const end = local + table;
  view.setUint32(end, 0x06064b50, true);
  view.setBigUint64(end + 32, 1n, true);
  view.setBigUint64(end + 40, BigInt(table), true);
  view.setBigUint64(end + 48, BigInt(local), true);
  view.setUint32(end + 56, 0x07064b50, true);
  view.setBigUint64(end + 64, BigInt(end), true);
  view.setUint32(end + 76, 0x06054b50, true);
  view.setUint16(end + 86, 0xffff, true);
  view.setUint32(end + 88, 0xffffffff, true);
  view.setUint32(end + 92, 0xffffffff, true);
  return out;
}

describe('splitEntryPath', () => {
  it('never lets a name climb out', () => {
    const odd = fc.array(fc.constantFrom('..', '.', '/', '\\', 'a', 'C:', '\0', ''));
    fc.assert(
      fc.property(odd, (pieces) => {
        const parts = splitEntryPath(pieces.join(''));
        for (const part of parts ?? []) {
          expect(part).not.toMatch(/[\\/\0]/);
          expect(['..', '.', '']).not.toContain(part);
        }
      }),
    );
  });
});

const ODDITIES = new URL('../../../shared/oddities/zips/', import.meta.url);
describe.skipIf(!existsSync(ODDITIES))(
  'zips of the collection (skipped when it is not there)',
  () => {
    const open = (name: string) => openZip(new Blob([readFileSync(new URL(name, ODDITIES))]));
    it.each([
      ['bomb_400MB_in_one_file.zip', 'bomb'],
      ['truncated.zip', 'truncated'],
      ['text_named.zip', 'not-a-zip'],
      ['encrypted_flag.zip', 'encrypted'],
    ])('%s is refused: %s', async (name, code) => {
      await expect(open(name)).rejects.toMatchObject({ code });
    });
    it('reads all members of the good ones', async () => {
      for (const name of ['classes.zip', 'stored_not_deflated.zip', 'unicode_class_names.zip']) {
        const { members } = await open(name);
        expect(members.length).toBeGreaterThan(3);
        for (const member of members) expect((await member.read()).length).toBe(member.bytes);
      }
    });
    it('traversal.zip: keeps what is harmless', async () => {
      const { members, skipped } = await open('traversal.zip');
      expect(skipped.some(({ code }) => code === 'link')).toBe(true);
      expect(members.map((member) => member.parts.at(-2))).toContain('cats');
    });
  },
);
