import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom, deriveSeed, restoreRandom } from './random.ts';

const take = (count: number, draw: () => number): number[] => Array.from({ length: count }, draw);

describe('createRandom', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    const one = createRandom(42);
    const same = createRandom(42);
    const other = createRandom(43);
    const first = take(20, one.uint32);
    expect(take(20, same.uint32)).toEqual(first);
    expect(take(20, other.uint32)).not.toEqual(first);
  });

  it('has the published sfc32 recurrence', () => {
    // Recomputed here with BigInt, mod 2^32, from four consecutive states' outputs: the generator is
    // out = a + b + n; n += 1; a = b ^ (b >> 9); b = c + (c << 3); c = rotl(c, 21) + out.
    const mask = 0xffffffffn;
    const mix = (state: bigint): [bigint, bigint] => {
      const next = (state + 0x9e3779b9n) & mask;
      let z = next ^ (next >> 16n);
      z = (z * 0x21f0aaadn) & mask;
      z ^= z >> 15n;
      z = (z * 0x735a2d97n) & mask;
      return [next, (z ^ (z >> 15n)) & mask];
    };
    const seedState: bigint[] = [];
    let state = 5n;
    for (let index = 0; index < 3; index++) {
      const [next, value] = mix(state);
      state = next;
      seedState.push(value);
    }
    let [a = 0n, b = 0n, c = 0n] = seedState;
    let n = 1n;
    const draw = (): number => {
      const out = (a + b + n) & mask;
      n = (n + 1n) & mask;
      a = b ^ (b >> 9n);
      b = (c + ((c << 3n) & mask)) & mask;
      c = ((((c << 21n) | (c >> 11n)) & mask) + out) & mask;
      return Number(out);
    };
    take(12, draw);
    expect(take(50, createRandom(5).uint32)).toEqual(take(50, draw));
  });

  it('spreads floats evenly over [0, 1)', () => {
    const random = createRandom(1);
    const bins = new Array<number>(10).fill(0);
    for (let index = 0; index < 20_000; index++) {
      const value = random.float();
      if (value < 0 || value >= 1) throw new Error(`${value} is outside [0, 1)`);
      const bin = Math.floor(value * 10);
      bins[bin] = (bins[bin] ?? 0) + 1;
    }
    // Chi-squared with 9 degrees of freedom: 27.9 is passed once in a thousand seeds.
    const chi = bins.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
    expect(chi).toBeLessThan(27.9);
  });

  it('draws whole numbers below any bound, and refuses other bounds', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 1, max: 2 ** 32 }), (seed, bound) => {
        const value = createRandom(seed).int(bound);
        return Number.isInteger(value) && value >= 0 && value < bound;
      }),
    );
    for (const bound of [0, -1, 1.5, NaN]) {
      expect(() => createRandom(1).int(bound)).toThrow(RangeError);
    }
  });

  it('draws normals with mean 0, deviation 1 and the right tails', () => {
    const random = createRandom(3);
    const values = take(20_000, random.normal);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const beyondTwo = values.filter((value) => Math.abs(value) > 2).length / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.025);
    expect(Math.abs(variance - 1)).toBeLessThan(0.04);
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.006);
  });

  it('shuffles without losing anything, every order about equally often', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.integer()), (seed, list) => {
        const shuffled = createRandom(seed).shuffle([...list]);
        expect([...shuffled].sort()).toEqual([...list].sort());
      }),
    );
    const counts = new Map<string, number>();
    const random = createRandom(9);
    for (let index = 0; index < 6000; index++) {
      const order = random.shuffle([0, 1, 2]).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(130);
  });
});

describe('deriveSeed', () => {
  it('differs by seed and by label and stays in range', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), (seed, label) => {
        const derived = deriveSeed(seed, label);
        return Number.isInteger(derived) && derived >= 0 && derived < 2 ** 32;
      }),
    );
    const seeds = new Set<number>();
    for (let seed = 0; seed < 100; seed++) {
      for (const label of ['order', 'dropout', 'initial weights'])
        seeds.add(deriveSeed(seed, label));
    }
    expect(seeds.size).toBe(300);
  });
});

describe('a generator that is put away and taken up again', () => {
  it('goes on as if nothing had happened, in the middle of a pair of normals too', () => {
    fc.assert(
      fc.property(fc.integer(), fc.nat({ max: 40 }), fc.boolean(), (seed, draws, endsOnNormal) => {
        const random = createRandom(seed);
        for (let i = 0; i < draws; i++) random.uint32();
        if (endsOnNormal) random.normal();
        const state = JSON.parse(JSON.stringify(random.state())) as number[];
        const again = restoreRandom(state);
        for (let i = 0; i < 20; i++) {
          expect(again.normal()).toBe(random.normal());
          expect(again.int(1_000)).toBe(random.int(1_000));
        }
      }),
    );
  });

  it('refuses what is not a state', () => {
    expect(() => restoreRandom([1, 2])).toThrow(RangeError);
  });
});
