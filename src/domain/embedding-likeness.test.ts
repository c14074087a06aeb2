import { describe, expect, it } from 'vitest';
import { cosineDistance, likenessLimit, standApart } from './embedding-likeness.ts';

const at = (degrees: number): Float32Array => {
  const angle = (degrees * Math.PI) / 180;
  return Float32Array.of(Math.cos(angle), Math.sin(angle));
};

describe('cosineDistance', () => {
  it('is 0 for the same direction, 1 for a right angle, 2 for the opposite or nothing at all', () => {
    expect(
      cosineDistance(
        at(10),
        at(10).map((x) => 3 * x),
      ),
    ).toBeCloseTo(0);
    expect(cosineDistance(at(0), at(90))).toBeCloseTo(1);
    expect(cosineDistance(at(0), at(180))).toBeCloseTo(2);
    expect(cosineDistance(at(0), new Float32Array(2))).toBe(2);
  });
});

describe('likenessLimit', () => {
  it('is what nearly no pair of different pictures comes below', () => {
    const distances = Array.from({ length: 100 }, (_, i) => (i + 1) / 100);
    expect(likenessLimit(distances)).toBeCloseTo(0.03);
    expect(likenessLimit(distances.slice(0, 10))).toBeNull();
  });
});

describe('standApart', () => {
  it('names members that are near no other', () => {
    const limit = cosineDistance(at(0), at(10));
    expect(standApart([at(0), at(8), at(16), at(60)], limit)).toEqual([3]);
    expect(standApart([at(0), at(60)], limit)).toEqual([0, 1]);
  });

  it('says nothing about members without an embedding', () => {
    expect(standApart([at(0), null], 0.1)).toEqual([]);
    expect(standApart([null, null], 0.1)).toEqual([]);
  });
});
