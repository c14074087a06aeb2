import { describe, expect, it } from 'vitest';
import type { HeadWeights } from '../../domain/head.ts';
import type { ExplainedPhotos } from '../../protocol/engine-messages.ts';
import { buildPhoto } from '../../testing/build-photo.ts';
import { buildRun } from '../../testing/build-project.ts';
import { checkBackground, type BackgroundRequest } from './background-check.ts';

const SIZE = 32;
const PLACES = 16;

const head: HeadWeights = {
  inputDim: 1,
  hiddenUnits: 0,
  classCount: 2,
  standardisation: null,
  hiddenKernel: null,
  hiddenBias: null,
  outputKernel: Float32Array.of(1, -1),
  outputBias: new Float32Array(2),
};

/** A red square in the middle of a green ground. */
function picture(): Uint8Array {
  const pixels = new Uint8Array(SIZE * SIZE * 3);
  for (let at = 0; at < SIZE * SIZE; at++) {
    const x = at % SIZE;
    const y = Math.floor(at / SIZE);
    const isThing = x >= 8 && x < 24 && y >= 8 && y < 24;
    pixels.set(isThing ? [200, 30, 30] : [40, 160, 60], 3 * at);
  }
  return pixels;
}

/** Evidence for the answer on the thing for the first photo of a call, in a corner for the others. */
function explained(count: number): ExplainedPhotos {
  const maps = new Float32Array(count * 2 * PLACES);
  for (let i = 0; i < count; i++) maps[i * 2 * PLACES + (i === 0 ? 5 : 0)] = 3;
  return {
    embeddings: new Float32Array(count).fill(2),
    width: 1,
    evidence: { maps, biases: new Float32Array(2 * count), rows: 4, columns: 4 },
    computeMs: 1,
  };
}

function services(answer: (count: number) => ExplainedPhotos) {
  return {
    engine: {
      photoPixels: () => Promise.resolve(picture()),
      explain: (_pixels: Uint8Array, count: number) => Promise.resolve(answer(count)),
    },
    storage: {
      getImage: (hash: string) => Promise.resolve(hash === 'gone' ? null : new Blob(['x'])),
    },
  } as unknown as Parameters<typeof checkBackground>[0];
}

function request(count: number): BackgroundRequest {
  const photos = Array.from({ length: count }, (_, i) =>
    buildPhoto(`photo-${String(i)}`, { imageHash: i === 1 ? 'gone' : `hash-${String(i)}` }),
  );
  return { photos, run: buildRun('run', 'project'), head, inputSize: SIZE };
}

const never = new AbortController().signal;

describe('checkBackground', () => {
  it('puts the photos with most evidence outside first and leaves out those that are gone', async () => {
    const shares: number[] = [];
    const outcome = await checkBackground(
      services(explained),
      request(6),
      (done, total) => shares.push(done / total),
      never,
    );
    if (outcome.kind !== 'checked') throw new Error('the backbone has places');
    // Calls of four photos: the first of each call has its evidence on the thing.
    expect(outcome.photos.map(({ photo }) => photo.id)).toEqual([
      'photo-2',
      'photo-3',
      'photo-5',
      'photo-0',
      'photo-4',
    ]);
    expect(outcome.photos[0]?.evidence).toBeGreaterThan(0.9);
    expect(outcome.photos.at(-1)?.evidence).toBeLessThan(outcome.photos.at(-1)?.area ?? 0);
    expect(
      outcome.photos.every(({ classIndex, how }) => classIndex === 0 && how !== 'middle'),
    ).toBe(true);
    expect(shares).toEqual([0, 4 / 6]);
  });

  it('says that a backbone without places cannot tell', async () => {
    const outcome = await checkBackground(
      services((count) => ({ ...explained(count), evidence: null })),
      request(3),
      () => undefined,
      never,
    );
    expect(outcome).toEqual({ kind: 'unsupported' });
  });
});
