import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { splitEntryPath } from './entry-path.ts';
import { createNameKeeper, safeSegment, stemOf } from './safe-file-names.ts';
import { openZip } from './zip-archive.ts';
import { createZipWriter } from './zip-writer.ts';

async function write(files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const zip = createZipWriter({
    write(bytes) {
      parts.push(bytes.slice());
      return Promise.resolve();
    },
  });
  for (const [name, bytes] of files) await zip.add(name, bytes);
  await zip.finish();
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

describe('createZipWriter', () => {
  it('writes what another program and our own reader read back', async () => {
    const files = new Map([
      ['a/one.jpg', Uint8Array.from([1, 2, 3])],
      ['b/empty', new Uint8Array(0)],
      ['\u732b/\u0645\u0631\u062d\u0628\u0627.jpg', new Uint8Array(70_000).fill(7)],
    ]);
    const bytes = await write(files);
    expect(new Map(Object.entries(unzipSync(bytes)))).toEqual(files);
    const { members, skipped } = await openZip(new Blob([bytes.slice()]));
    expect(skipped).toEqual([]);
    for (const member of members) {
      expect(await member.read()).toEqual(files.get(member.parts.join('/')));
    }
  });

  it('refuses more members than the format counts', async () => {
    const zip = createZipWriter({ write: () => Promise.resolve() });
    const nothing = new Uint8Array(0);
    for (let i = 0; i < 65_534; i++) await zip.add('x', nothing);
    await expect(zip.add('x', nothing)).rejects.toMatchObject({ code: 'export-too-large' });
  });
});

describe('safe names', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.constantFrom('.', '/', '\\', ' ', 'a', '\0', '\u202e', ':', '_') }),
    fc.constantFrom('CON', 'nul.txt', '..', '__proto__', '\u00e9'.repeat(300)),
  );
  it('are one harmless path segment', () => {
    fc.assert(
      fc.property(anything, (name) => {
        const safe = safeSegment(name, 'class');
        expect(splitEntryPath(safe)).toEqual([safe]);
        expect(safe).not.toMatch(/[\p{Cc}<>:"|?*]|^\.|[. ]$|^(con|nul)(\.|$)/iu);
        expect(new TextEncoder().encode(safe).length).toBeLessThanOrEqual(121);
        expect(safeSegment(safe, 'class')).toBe(safe);
      }),
    );
  });
  it('never repeat, upper and lower case aside', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'A', 'a-2', 'b', 'a-3')), (stems) => {
        const next = createNameKeeper();
        const names = stems.map((stem) => next(stem, '.jpg').toLowerCase());
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });
  it('lose their ending once', () => {
    expect(stemOf('a.tar.jpg')).toBe('a.tar');
    expect(stemOf('noending')).toBe('noending');
  });
});
