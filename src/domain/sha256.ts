/**
 * SHA-256 (FIPS 180-4) without `crypto.subtle`, which browsers offer on https and localhost only:
 * a school's server on a plain http address has to hash photos too. Constants are derived, as the
 * standard defines them, from the fractional parts of roots of the first primes.
 */

const WORD_COUNT = 64;
const primes = firstPrimes(WORD_COUNT);
const ROUND_WORDS = Uint32Array.from(primes, (prime) => fractionBits(Math.cbrt(prime), prime, 3n));
const START_WORDS = Uint32Array.from(primes.slice(0, 8), (prime) =>
  fractionBits(Math.sqrt(prime), prime, 2n),
);

/** Hex digest (64 digits) of the bytes. About a tenth of the speed of `crypto.subtle`. */
export function sha256Hex(bytes: Uint8Array): string {
  const state = Uint32Array.from(START_WORDS);
  const schedule = new Uint32Array(WORD_COUNT);
  const wholeBlocks = bytes.length >>> 6;
  for (let block = 0; block < wholeBlocks; block++) {
    compress(state, schedule, bytes, block * 64);
  }
  const tail = paddedTail(bytes.subarray(wholeBlocks * 64), bytes.length);
  for (let offset = 0; offset < tail.length; offset += 64) {
    compress(state, schedule, tail, offset);
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}

/** The rest, a 1 bit, zeros, and the length in bits as 64-bit big-endian; one or two blocks. */
function paddedTail(rest: Uint8Array, totalBytes: number): Uint8Array {
  const tail = new Uint8Array(rest.length + 9 <= 64 ? 64 : 128);
  tail.set(rest);
  tail[rest.length] = 0x80;
  const view = new DataView(tail.buffer);
  view.setUint32(tail.length - 8, Math.floor(totalBytes / 0x20000000));
  view.setUint32(tail.length - 4, (totalBytes << 3) >>> 0);
  return tail;
}

function rotate(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

function compress(state: Uint32Array, w: Uint32Array, bytes: Uint8Array, offset: number): void {
  for (let t = 0; t < 16; t++) {
    const at = offset + t * 4;
    w[t] =
      ((bytes[at] as number) << 24) |
      ((bytes[at + 1] as number) << 16) |
      ((bytes[at + 2] as number) << 8) |
      (bytes[at + 3] as number);
  }
  for (let t = 16; t < WORD_COUNT; t++) {
    const early = w[t - 15] as number;
    const late = w[t - 2] as number;
    const sigma0 = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
    const sigma1 = rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10);
    w[t] = (((w[t - 16] as number) + sigma0) | 0) + (((w[t - 7] as number) + sigma1) | 0);
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let t = 0; t < WORD_COUNT; t++) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
    const choice = (e & f) ^ (~e & g);
    const first = (h + sum1 + choice + (ROUND_WORDS[t] as number) + (w[t] as number)) | 0;
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + sum0 + majority) | 0;
  }
  const next = [a, b, c, d, e, f, g, h];
  for (let i = 0; i < 8; i++) state[i] = (state[i] as number) + (next[i] as number);
}

function firstPrimes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate++) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}

/**
 * First 32 bits of the fraction of the `degree`-th root. The floating-point root is only a first
 * guess, corrected in whole numbers: the largest r with r^degree <= prime · 2^(32 · degree).
 */
function fractionBits(root: number, prime: number, degree: bigint): number {
  const target = BigInt(prime) << (32n * degree);
  let scaled = BigInt(Math.floor(root * 2 ** 32));
  while (scaled ** degree > target) scaled -= 1n;
  while ((scaled + 1n) ** degree <= target) scaled += 1n;
  return Number(scaled & 0xffffffffn);
}
