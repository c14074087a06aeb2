import { describe, expect, it } from 'vitest';
import { checkLabels, normalisedMargin } from './confident-learning.ts';
import { softmaxRows } from './head-forward.ts';
import { createRandom } from './random.ts';

describe('checkLabels', () => {
  it('counts the confident joint of a worked example', () => {
    // Thresholds: mean p(0) of label 0 = (0.9 + 0.7 + 0.2) / 3 = 0.6; of label 1: (0.8 + 0.9 + 0.1) / 3.
    const probabilities = Float32Array.of(
      0.9,
      0.1,
      0.7,
      0.3,
      0.2,
      0.8,
      0.2,
      0.8,
      0.1,
      0.9,
      0.9,
      0.1,
    );
    const labels = [0, 0, 0, 1, 1, 1];
    const { joint, suspects, estimatedErrors } = checkLabels(probabilities, labels, 2);
    expect(joint).toEqual([2, 1, 1, 2]);
    expect(suspects.map(({ row }) => row)).toEqual([5, 2]);
    expect(suspects[0]).toMatchObject({ label: 1, suggested: 0 });
    expect(suspects[0]?.margin).toBeCloseTo(-0.8, 6);
    expect(estimatedErrors).toBeCloseTo(2, 12);
  });

  it('reckons only with what a class is confident of, and lists the doubtful all the same', () => {
    const probabilities = Float32Array.of(
      0.9,
      0.1,
      0.9,
      0.1,
      0.55,
      0.45,
      0.05,
      0.95,
      0.1,
      0.9,
      0.45,
      0.55,
    );
    const check = checkLabels(probabilities, [0, 0, 1, 1, 1, 0], 2);
    expect(check.estimatedErrors).toBe(0);
    expect(check.suspects.map(({ row }) => row)).toEqual([2, 5]);
    const [first] = check.suspects;
    expect(first).toMatchObject({ label: 1, suggested: 0 });
    expect(first?.labelShare).toBeCloseTo(0.45, 6);
    expect(first?.suggestedShare).toBeCloseTo(0.55, 6);
  });

  it('finds planted errors', () => {
    const random = createRandom(9);
    const rows = 600;
    const truth = Array.from({ length: rows }, () => random.int(3));
    const logits = Float32Array.from({ length: rows * 3 }, (_, at) => {
      const isTrue = at % 3 === truth[Math.floor(at / 3)];
      return random.normal() + (isTrue ? 3 : 0);
    });
    const flipped = new Set(truth.flatMap((_, row) => (random.float() < 0.1 ? [row] : [])));
    const labels = truth.map((label, row) =>
      flipped.has(row) ? (label + 1 + random.int(2)) % 3 : label,
    );
    const { suspects, estimatedErrors } = checkLabels(softmaxRows(logits, 3), labels, 3);
    const found = suspects.filter(({ row }) => flipped.has(row));
    expect(found.length / flipped.size).toBeGreaterThan(0.7);
    expect(found.length / suspects.length).toBeGreaterThan(0.5);
    expect(found.filter(({ row, suggested }) => truth[row] === suggested).length).toBeGreaterThan(
      0.9 * found.length,
    );
    expect(estimatedErrors / flipped.size).toBeGreaterThan(0.6);
    expect(estimatedErrors / flipped.size).toBeLessThan(1.7);
    const margins = suspects.map(({ margin }) => margin);
    expect(margins).toEqual([...margins].sort((a, b) => a - b));
  });

  it('measures margins against the strongest other class', () => {
    expect(normalisedMargin(Float32Array.of(0.2, 0.5, 0.3), 0)).toBeCloseTo(-0.3, 6);
    expect(normalisedMargin(Float32Array.of(0.2, 0.5, 0.3), 1)).toBeCloseTo(0.2, 6);
  });
});
