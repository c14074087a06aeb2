import { describe, expect, it } from 'vitest';
import { compareAnswers, mcnemarExact } from './mcnemar.ts';

/** Two-sided binomial tail with whole numbers only. */
function byCounting(first: number, second: number): number {
  const n = BigInt(first + second);
  let choose = 1n;
  let sum = 0n;
  for (let k = 0n; k <= BigInt(Math.min(first, second)); k++) {
    sum += choose;
    choose = (choose * (n - k)) / (k + 1n);
  }
  const scaled = (2n * sum * 10n ** 15n) / 2n ** n;
  return Math.min(1, Number(scaled) / 1e15);
}

describe("McNemar's exact test", () => {
  it('counts the tail exactly', () => {
    for (const [first, second] of [
      [1, 9],
      [5, 10],
      [4, 4],
      [0, 6],
      [59, 121],
    ] as const) {
      expect(mcnemarExact(first, second)).toBeCloseTo(byCounting(first, second), 12);
    }
    expect(mcnemarExact(0, 0)).toBe(1);
    expect(mcnemarExact(0, 6)).toBeCloseTo(0.03125, 12);
    expect(mcnemarExact(1_000, 1_300)).toBeGreaterThan(0);
  });

  it('looks only at photos that one of the two got wrong', () => {
    const labels = [0, 0, 0, 1, 1, 1];
    const { firstOnly, secondOnly, p } = compareAnswers(
      [0, 0, 1, 1, 1, 0],
      [0, 1, 1, 0, 1, 1],
      labels,
    );
    expect({ firstOnly, secondOnly }).toEqual({ firstOnly: 2, secondOnly: 1 });
    expect(p).toBe(1);
  });

  it('calls equal classifiers different at most one time in twenty', () => {
    let state = 1;
    const toss = (): boolean => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return state / 2 ** 32 < 0.5;
    };
    let alarms = 0;
    for (let trial = 0; trial < 2_000; trial++) {
      let first = 0;
      for (let photo = 0; photo < 20; photo++) if (toss()) first += 1;
      if (mcnemarExact(first, 20 - first) < 0.05) alarms += 1;
    }
    expect(alarms / 2_000).toBeLessThan(0.06);
  });
});
