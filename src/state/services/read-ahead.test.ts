import { describe, expect, it } from 'vitest';
import { readAhead } from './read-ahead.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe('readAhead', () => {
  it('gives everything in order, with a few under way and never more', async () => {
    let underWay = 0;
    let most = 0;
    const read = async (n: number): Promise<number> => {
      most = Math.max(most, ++underWay);
      await pause(n % 3);
      underWay -= 1;
      return n * n;
    };
    const items = Array.from({ length: 50 }, (_, i) => i);
    const given: (readonly [number, number])[] = [];
    for await (const { item, value } of readAhead(items, read)) given.push([item, value]);
    expect(given).toEqual(items.map((n) => [n, n * n]));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(8);
  });

  it('fails at the one that failed, after those before it, and reads no further', async () => {
    const begun: number[] = [];
    const read = (n: number): Promise<number> => {
      begun.push(n);
      return n === 3 ? Promise.reject(new Error('gone')) : Promise.resolve(n);
    };
    const given: number[] = [];
    const all = async (): Promise<void> => {
      const items = Array.from({ length: 50 }, (_, i) => i);
      for await (const { value } of readAhead(items, read)) given.push(value);
    };
    await expect(all()).rejects.toThrow('gone');
    expect(given).toEqual([0, 1, 2]);
    expect(begun.length).toBeLessThan(20);
  });

  it('has nothing to do with nothing', async () => {
    for await (const each of readAhead([], () => Promise.resolve(1))) expect(each).toBeUndefined();
  });
});
