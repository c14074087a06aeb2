/**
 * Finds 64-bit hashes within a few bits of another one without looking at all of them. The bits are cut
 * into one band more than bits may differ, so one band at least is equal in both (the pigeonhole
 * principle): only hashes that share a band are candidates. Exact, in any case; when thousands of hashes
 * are alike it looks at each of them up to once a band.
 * Method: M. Norouzi, A. Punjani, D. J. Fleet, "Fast Search in Hamming Space with Multi-Index Hashing",
 * CVPR 2012.
 */

/** One more than the distance that can be asked for. */
const BANDS = 7;
export const MAX_BAND_DISTANCE = BANDS - 1;
/** Six bands of 9 bits, and one of the 10 that are left: 5 of each half. */
const BAND_BITS = 9;
const BUCKETS = 1024;
const NONE = -1;

export interface HashBands {
  /** Places a hash under a row that is free. Rows are small whole numbers, as in an array. */
  insert(row: number, high: number, low: number): void;
  /** A row that is not there is passed over. */
  remove(row: number): void;
  /** Calls back once for each row that shares a band with this hash. */
  candidates(high: number, low: number, visit: (row: number) => void): void;
}

function bandOf(band: number, high: number, low: number): number {
  if (band < 3) return (high >>> (BAND_BITS * band)) & 511;
  if (band < 6) return (low >>> (BAND_BITS * (band - 3))) & 511;
  return ((high >>> 27) << 5) | (low >>> 27);
}

export function createHashBands(): HashBands {
  /** Newest row of each bucket, and each row's neighbours in the buckets that it lies in. */
  const newest = new Int32Array(BANDS * BUCKETS).fill(NONE);
  let capacity = 256;
  let older = new Int32Array(BANDS * capacity);
  let newer = new Int32Array(BANDS * capacity);
  /** Bucket of each row and band; NONE: the row is free. [capacity, BANDS] */
  let bucketOf = new Int32Array(BANDS * capacity).fill(NONE);
  /** The question in which a row was met last. */
  let metIn = new Int32Array(capacity);
  let question = 0;

  function grow(row: number): void {
    while (capacity <= row) capacity *= 2;
    const larger = (old: Int32Array<ArrayBuffer>, length: number): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(length).fill(NONE);
      next.set(old);
      return next;
    };
    older = larger(older, BANDS * capacity);
    newer = larger(newer, BANDS * capacity);
    bucketOf = larger(bucketOf, BANDS * capacity);
    metIn = larger(metIn, capacity);
  }

  return {
    insert(row, high, low) {
      if (row >= capacity) grow(row);
      for (let band = 0; band < BANDS; band++) {
        const bucket = band * BUCKETS + bandOf(band, high, low);
        const at = row * BANDS + band;
        const before = newest[bucket] as number;
        bucketOf[at] = bucket;
        older[at] = before;
        newer[at] = NONE;
        if (before !== NONE) newer[before * BANDS + band] = row;
        newest[bucket] = row;
      }
    },
    remove(row) {
      if (row >= capacity || bucketOf[row * BANDS] === NONE) return;
      for (let band = 0; band < BANDS; band++) {
        const at = row * BANDS + band;
        const [before, after] = [older[at] as number, newer[at] as number];
        if (after === NONE) newest[bucketOf[at] as number] = before;
        else older[after * BANDS + band] = before;
        if (before !== NONE) newer[before * BANDS + band] = after;
        bucketOf[at] = NONE;
      }
    },
    candidates(high, low, visit) {
      question += 1;
      for (let band = 0; band < BANDS; band++) {
        let row = newest[band * BUCKETS + bandOf(band, high, low)] as number;
        for (; row !== NONE; row = older[row * BANDS + band] as number) {
          if (metIn[row] === question) continue;
          metIn[row] = question;
          visit(row);
        }
      }
    },
  };
}
