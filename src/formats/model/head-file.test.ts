import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describePipeline } from '../../domain/prediction-pipeline.ts';
import { sha256Hex } from '../../domain/sha256.ts';
import { fakeCard } from '../../testing/fake-engine-worker.ts';
import { randomHead } from '../../testing/trained-head.ts';
import { headDescription, headNumbers, readHeadFile } from './head-file.ts';

const WIDTH = 6;

function written(options: { hiddenUnits?: number; standardise?: boolean; seed?: number } = {}) {
  const head = randomHead(WIDTH, 3, options);
  const pipeline = describePipeline({
    card: fakeCard('some-backbone', WIDTH, 32),
    weightsSha256: 'a'.repeat(64),
    fit: 'pad',
    head,
    classNames: ['a/b', '🍎', 'תפוח'],
    temperature: 1.5,
  });
  const bin = headNumbers(head);
  const settings = { epochs: 5, optimizer: 'adam', standardise: true };
  const numbersSha256 = sha256Hex(bin);
  const parts = { name: 'Fruit', savedBy: 'test', head, pipeline, settings, numbersSha256 };
  return { head, bin, pipeline, parts, json: headDescription(parts) };
}

describe('a head file', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(0, 4),
        fc.boolean(),
        fc.nat(100),
        (hiddenUnits, standardise, seed) => {
          const { head, bin, json, pipeline } = written({ hiddenUnits, standardise, seed });
          const read = readHeadFile(json, bin, sha256Hex(bin));
          expect(read.head).toEqual(head);
          expect(read.pipeline).toEqual(pipeline);
        },
      ),
    );
  });

  it('is refused when its numbers are others', () => {
    const { bin, json } = written();
    bin[5] = (bin[5] ?? 0) ^ 1;
    expect(() => readHeadFile(json, bin, sha256Hex(bin))).toThrow(/edited/);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['a newer version', { version: 2 }, 'from-the-future'],
    ['another shape', { hiddenUnits: 9 }, 'weights-length'],
    ['too many classes', { classCount: 1000 }, 'too-many-classes'],
    ['fewer names than answers', { classCount: 2 }, 'edited'],
    ['an unknown format', { format: 'something' }, 'edited'],
  ])('is refused with %s', (_name, change, code) => {
    const { bin, json } = written();
    const content = JSON.parse(new TextDecoder().decode(json)) as object;
    const changed = new TextEncoder().encode(JSON.stringify({ ...content, ...change }));
    expect(() => readHeadFile(changed, bin, sha256Hex(bin))).toThrow(new RegExp(code));
  });

  it('is refused with a threshold too few', () => {
    const { bin, parts, pipeline } = written();
    const cut = { ...parts, pipeline: { ...pipeline, thresholds: [0.5, 0] } };
    expect(() => readHeadFile(headDescription(cut), bin, sha256Hex(bin))).toThrow(/edited/);
  });

  it('is refused when it is no JSON', () => {
    const { bin } = written();
    expect(() => readHeadFile(new Uint8Array([1, 2]), bin, sha256Hex(bin))).toThrow(/not-json/);
  });
});
