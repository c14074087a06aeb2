/**
 * Seeded random numbers: the one source of chance in the product, so that the same seed gives the
 * same split, the same shuffles and the same curves on every machine.
 *
 * Generator: sfc32 (Small Fast Counter, Chris Doty-Humphrey, PractRand), 128 bits of state, filled by
 * splitmix32 (the 32-bit form of Steele, Lea & Flood, "Fast splittable pseudorandom number
 * generators", OOPSLA 2014). Integer arithmetic only, hence equal on every engine; `normal` also uses
 * Math.log and Math.sqrt, whose last bit may differ between JavaScript engines.
 */

export interface Random {
  /** The next 32 random bits as an unsigned integer. */
  uint32(): number;
  /** Uniform in [0, 1) with 32 bits of resolution. */
  float(): number;
  /** Uniform whole number in [0, bound); bound from 1 to 2^32. Throws RangeError otherwise. */
  int(bound: number): number;
  /** Standard normal. */
  normal(): number;
  /** Fisher–Yates in place; every order is equally likely. Returns the same array. */
  shuffle<List extends ShuffleTarget>(list: List): List;
  /** Where the generator stands, for `restoreRandom`: four or five numbers that JSON can hold. */
  state(): readonly number[];
}

/** Anything indexed and writable: arrays and typed arrays. */
interface ShuffleTarget {
  readonly length: number;
  [index: number]: unknown;
}

/** Seeds are reduced modulo 2^32; fractions are cut off. NaN and infinities count as 0. */
export function createRandom(seed: number): Random {
  const next = splitmix32(seed);
  const random = generator(next(), next(), next(), 1, null);
  // sfc32 needs a dozen rounds before seeds that differ in one bit are told apart fully.
  for (let round = 0; round < 12; round++) random.uint32();
  return random;
}

/** Goes on where `state` was taken. Throws RangeError for what is not a state. */
export function restoreRandom(state: readonly number[]): Random {
  const [a, b, c, counter, spare = null] = state;
  if (a === undefined || b === undefined || c === undefined || counter === undefined) {
    throw new RangeError('not the state of a generator');
  }
  return generator(a, b, c, counter, spare);
}

function generator(
  a: number,
  b: number,
  c: number,
  counter: number,
  spareNormal: number | null,
): Random {
  function uint32(): number {
    const result = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + result;
    c |= 0;
    return result >>> 0;
  }

  const float = (): number => uint32() / 4294967296;

  function int(bound: number): number {
    if (!Number.isInteger(bound) || bound < 1 || bound > 4294967296) {
      throw new RangeError(`int(bound): bound must be a whole number from 1 to 2^32, got ${bound}`);
    }
    // Rejecting the incomplete last interval keeps every result equally likely.
    const limit = 4294967296 - (4294967296 % bound);
    let bits = uint32();
    while (bits >= limit) bits = uint32();
    return bits % bound;
  }

  /** Marsaglia's polar method (SIAM Review 6(3), 1964). */
  function normal(): number {
    if (spareNormal !== null) {
      const spare = spareNormal;
      spareNormal = null;
      return spare;
    }
    let u = 0;
    let v = 0;
    let square = 0;
    do {
      u = 2 * float() - 1;
      v = 2 * float() - 1;
      square = u * u + v * v;
    } while (square >= 1 || square === 0);
    const factor = Math.sqrt((-2 * Math.log(square)) / square);
    spareNormal = v * factor;
    return u * factor;
  }

  function shuffle<List extends ShuffleTarget>(list: List): List {
    for (let last = list.length - 1; last > 0; last--) {
      const other = int(last + 1);
      const kept = list[last];
      list[last] = list[other];
      list[other] = kept;
    }
    return list;
  }

  const state = (): readonly number[] =>
    spareNormal === null ? [a, b, c, counter] : [a, b, c, counter, spareNormal];

  return { uint32, float, int, normal, shuffle, state };
}

/**
 * An independent seed for one purpose ("shuffle", "dropout", …), so that using more numbers for one
 * purpose never changes another. FNV-1a over the label, mixed with the seed. In [0, 2^32).
 */
export function deriveSeed(seed: number, label: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < label.length; index++) {
    hash = Math.imul(hash ^ label.charCodeAt(index), 0x01000193);
  }
  return splitmix32((seed ^ hash) | 0)();
}

function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    mixed ^= mixed >>> 15;
    return mixed >>> 0;
  };
}
