import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomHead } from '../testing/trained-head.ts';
import { withClasses, withStandardisation } from './extend-head.ts';
import { headLogits } from './head-forward.ts';
import { createRandom } from './random.ts';

const DIM = 12;

const heads = fc
  .record({
    hiddenUnits: fc.constantFrom(0, 5),
    standardise: fc.boolean(),
    seed: fc.integer({ min: 0, max: 1000 }),
  })
  .map((options) => ({ head: randomHead(DIM, 3, options), seed: options.seed }));

function inputs(seed: number): Float32Array {
  const random = createRandom(seed + 7);
  return Float32Array.from({ length: 4 * DIM }, () => 2 * random.float());
}

describe('a head with more classes', () => {
  it('says the same about the old ones', () => {
    fc.assert(
      fc.property(heads, fc.integer({ min: 3, max: 6 }), ({ head, seed }, classCount) => {
        const before = headLogits(head, inputs(seed), 4);
        const after = headLogits(withClasses(head, classCount), inputs(seed), 4);
        for (let row = 0; row < 4; row++) {
          for (let c = 0; c < 3; c++) expect(after[row * classCount + c]).toBe(before[row * 3 + c]);
        }
      }),
    );
  });

  it('cannot have fewer', () => {
    expect(() => withClasses(randomHead(DIM, 3), 2)).toThrow(RangeError);
  });
});

describe('a head for other standardisation figures', () => {
  it('is the same function', () => {
    fc.assert(
      fc.property(heads, heads, fc.boolean(), ({ head, seed }, { head: other }, drop) => {
        const target = drop ? null : other.standardisation;
        const moved = withStandardisation(head, target);
        expect(moved.standardisation).toBe(target);
        const before = headLogits(head, inputs(seed), 4);
        const after = headLogits(moved, inputs(seed), 4);
        after.forEach((value, i) => {
          expect(value).toBeCloseTo(before[i] ?? NaN, 3);
        });
      }),
    );
  });
});
