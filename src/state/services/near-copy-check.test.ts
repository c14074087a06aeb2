import { describe, expect, it } from 'vitest';
import type { Finding } from '../../domain/finding.ts';
import type { Photo } from '../../domain/photo.ts';
import { createRandom } from '../../domain/random.ts';
import { buildPhoto } from '../../testing/build-photo.ts';
import type { EmbeddingSource } from './embedder.ts';
import { findDoubtful } from './near-copy-check.ts';

const WIDTH = 8;
const SOURCE: EmbeddingSource = {
  backboneId: 'tiny',
  weightsSha256: 'w',
  inputSize: 8,
  width: WIDTH,
};

/** Directions by chance; photos of one look lie close together. */
function directionOf(look: number, shake: number): Float32Array {
  const base = createRandom(look + 1);
  const own = createRandom(1000 * look + shake);
  return Float32Array.from(
    { length: WIDTH },
    () => base.float() - 0.5 + (shake === 0 ? 0 : 0.01 * (own.float() - 0.5)),
  );
}

interface Look {
  readonly id: string;
  /** Photos of one look are the same thing to the backbone. */
  readonly look: number;
  readonly groupId: string;
}

function world(looks: readonly Look[], missing: readonly string[] = []) {
  const photos = new Map(
    looks.map(({ id, groupId }) => [id, buildPhoto(id, { classId: 'a', groupId })] as const),
  );
  const read: string[] = [];
  const embedder = {
    source: SOURCE,
    isEmbedded: ({ id }: Photo) => !missing.includes(id),
    read(wanted: readonly Photo[]) {
      const all = new Float32Array(wanted.length * WIDTH);
      wanted.forEach(({ id }, i) => {
        if (missing.includes(id)) throw new Error(`${id} is not embedded`);
        read.push(id);
        const at = looks.findIndex((each) => each.id === id);
        all.set(directionOf(looks[at]?.look ?? 0, at), i * WIDTH);
      });
      return Promise.resolve(all);
    },
  };
  return { photos, embedder, read };
}

const others: readonly Look[] = Array.from({ length: 30 }, (_, i) => ({
  id: `other-${String(i)}`,
  look: 100 + i,
  groupId: `other-${String(i)}`,
}));
/** One set by the hash: two of the same thing, and one that only looks so to the hash. */
const looks: readonly Look[] = [
  { id: 'first', look: 1, groupId: 'g' },
  { id: 'copy', look: 1, groupId: 'g' },
  { id: 'stranger', look: 2, groupId: 'g' },
  ...others,
];

function finding(...sets: readonly (readonly string[])[]): Finding {
  const id = 'near-copies';
  return { id, kind: id, photoIds: sets.flat(), sets, classIds: ['a'], figures: {} };
}

describe('near-duplicates by their hash, asked of the embeddings', () => {
  it('doubts only the member that is near none of its set', async () => {
    const { photos, embedder } = world(looks);
    const doubtful = await findDoubtful(
      finding(['first', 'copy', 'stranger']),
      { photos },
      embedder,
    );
    expect([...doubtful]).toEqual(['stranger']);
  });

  it('says nothing about photos without an embedding, nor about a set of which one is left', async () => {
    const { photos, embedder } = world(looks, ['copy']);
    expect([...(await findDoubtful(finding(['first', 'copy']), { photos }, embedder))]).toEqual([]);
  });

  it('leaves it to the hash without a backbone, with too few photos, and in a very large set', async () => {
    const { photos, embedder } = world(looks);
    const none = { ...embedder, source: null };
    expect((await findDoubtful(finding(['first', 'stranger']), { photos }, none)).size).toBe(0);
    const few = world(looks.slice(0, 3));
    const ofFew = { photos: few.photos };
    expect((await findDoubtful(finding(['first', 'stranger']), ofFew, few.embedder)).size).toBe(0);
    const large = Array.from({ length: 41 }, (_, i) => ({
      id: `large-${String(i)}`,
      look: 300 + i,
      groupId: 'large',
    }));
    const many = world([...others, ...large]);
    const ids = large.map(({ id }) => id);
    const doubtful = await findDoubtful(finding(ids), { photos: many.photos }, many.embedder);
    expect(doubtful.size).toBe(0);
  });
});
