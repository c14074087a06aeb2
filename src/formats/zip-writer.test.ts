import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { splitEntryPath } from './entry-path.ts';
import { createNameKeeper, safeSegment, stemOf } from './safe-file-names.ts';
import { openZip } from './zip-archive.ts';
import { createZipWriter } from './zip-writer.ts';

async function write(
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
  startsAt = 0,
): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  const sink = {
    write(bytes: Uint8Array<ArrayBuffer>) {
      parts.push(bytes.slice());
      return Promise.resolve();
    },
  };
  const zip = createZipWriter(sink, startsAt);
  for (const [name, bytes] of files) await zip.add(name, bytes);
  await zip.finish();
  // A Blob of a hundred thousand parts takes Node seconds.
  return new Uint8Array(Buffer.concat(parts));
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

  it('stays in the plain form up to the last member that it counts, and goes on in zip64', async () => {
    const named = (count: number) =>
      new Map(Array.from({ length: count }, (_, i) => [String(i), new Uint8Array(0)]));
    expect(hasWideEnd(await write(named(65_534)))).toBe(false);
    const files = named(70_000);
    const bytes = await write(files);
    expect(hasWideEnd(bytes)).toBe(true);
    const { members } = await openZip(new Blob([bytes.slice()]), ROOMY);
    expect(members.map(({ parts }) => parts.join('/'))).toEqual([...files.keys()]);
    expect(Object.keys(unzipSync(bytes))).toHaveLength(files.size);
  });

  it('finds members past 4 GB again', async () => {
    const startsAt = 5 * 2 ** 30;
    const files = new Map([
      ['a/one.jpg', Uint8Array.from([1, 2, 3])],
      ['a/two.jpg', new Uint8Array(70_000).fill(7)],
    ]);
    const end = await write(files, startsAt);
    expect(hasWideEnd(end)).toBe(true);
    const { members } = await openZip(behindNothing(startsAt, end), ROOMY);
    for (const [i, [name, bytes]] of [...files].entries()) {
      expect(members[i]?.parts.join('/')).toBe(name);
      expect(await members[i]?.read()).toEqual(bytes);
    }
  });

  it('refuses what would not be opened again', async () => {
    const zip = createZipWriter({ write: () => Promise.resolve() }, 64 * 2 ** 30 - 100);
    await zip.add('x', new Uint8Array(1));
    await expect(zip.add('y', new Uint8Array(1))).rejects.toMatchObject({
      code: 'export-too-large',
      params: { limit: 64 },
    });
  });
});

const ROOMY = { entries: 100_000, memberBytes: 2 ** 20, totalBytes: 2 ** 30 };

function hasWideEnd(zip: Uint8Array): boolean {
  return (
    new DataView(zip.buffer, zip.byteOffset + zip.length - 42).getUint32(0, true) === 0x07064b50
  );
}

/** A file of nothing in front of `end`, of which only `end` takes memory. */
function behindNothing(startsAt: number, end: Uint8Array): Blob {
  const tail = new Blob([end.slice()]);
  const file = {
    size: startsAt + end.length,
    slice: (from: number, to: number) => tail.slice(from - startsAt, to - startsAt),
  };
  return file as Blob;
}

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
