import { describe, expect, it } from 'vitest';
import {
  calibrationError,
  expectedCalibrationError,
  fitTemperature,
  HIGHEST_TEMPERATURE,
  reliabilityBins,
} from './calibration.ts';
import { softmaxRows } from './head-forward.ts';
import { createRandom } from './random.ts';

/** Rows whose labels are drawn from softmax(logits): calibrated at temperature 1. */
function calibrated(rows: number, classCount: number, seed: number) {
  const random = createRandom(seed);
  const logits = Float32Array.from({ length: rows * classCount }, () => 2 * random.normal());
  const probabilities = softmaxRows(logits, classCount);
  const labels = Int32Array.from({ length: rows }, (_, row) => {
    let left = random.float();
    for (let k = 0; k < classCount; k++) {
      left -= probabilities[row * classCount + k] ?? 0;
      if (left < 0) return k;
    }
    return classCount - 1;
  });
  return { logits, labels };
}

describe('expected calibration error', () => {
  it('is the weighted gap of a worked example', () => {
    // Bin (0.7, 0.8]: 3 photos, 2 right, 0.75 sure. Bin (0.9, 1]: 2 photos, 1 right, 0.95 sure.
    const answers = { confidence: [0.72, 0.75, 0.78, 0.94, 0.96], right: [1, 0, 1, 1, 0] };
    const byHand = (3 / 5) * Math.abs(2 / 3 - 0.75) + (2 / 5) * Math.abs(0.5 - 0.95);
    expect(expectedCalibrationError(answers)).toBeCloseTo(byHand, 12);
    const bins = reliabilityBins(answers);
    expect(bins).toHaveLength(10);
    expect(bins[7]).toMatchObject({ photos: 3, hits: 2 });
    expect(bins[9]?.accuracy?.value).toBe(0.5);
    expect(bins[0]).toMatchObject({ photos: 0, confidence: null, accuracy: null });
  });

  it('has an interval around it, and weights count as copies', () => {
    const random = createRandom(5);
    const confidence = Array.from({ length: 80 }, () => 0.5 + random.float() / 2);
    const right = confidence.map((sure) => (random.float() < sure - 0.2 ? 1 : 0));
    const groups = confidence.map((_, row) => row);
    const { value, low, high } = calibrationError({ confidence, right, groups }, 1);
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
    const twice = expectedCalibrationError(
      { confidence, right },
      confidence.map(() => 2),
    );
    expect(twice).toBeCloseTo(value, 12);
  });
});

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe('fitTemperature', () => {
  it('finds the least loss that a search over a grid finds', () => {
    const { logits, labels } = calibrated(120, 4, 2);
    const over = logits.map((logit) => 3 * logit);
    const found = fitTemperature(over, labels, 4) ?? NaN;
    const loss = (temperature: number): number => {
      const probabilities = softmaxRows(over, 4, temperature);
      return labels.reduce(
        (sum, label, row) => sum - Math.log(Math.max(1e-30, probabilities[row * 4 + label] ?? 0)),
        Math.log(temperature) ** 2 / (2 * 0.5 ** 2),
      );
    };
    let best = NaN;
    for (let temperature = 0.5; temperature < 8; temperature *= 1.002) {
      if (!(loss(temperature) >= loss(best))) best = temperature;
    }
    expect(found / best).toBeGreaterThan(0.995);
    expect(found / best).toBeLessThan(1.005);
  });

  it('undoes a factor on the logits', () => {
    const { logits, labels } = calibrated(4_000, 3, 4);
    expect(fitTemperature(logits, labels, 3)).toBeCloseTo(1, 1);
    expect(
      fitTemperature(
        logits.map((logit) => 2.5 * logit),
        labels,
        3,
      ),
    ).toBeCloseTo(2.5, 0);
  });

  it('leaves the answers alone and lowers the calibration error of photos not seen', () => {
    const { logits, labels } = calibrated(2_000, 3, 6);
    const over = logits.map((logit) => 4 * logit);
    const temperature = fitTemperature(over.slice(0, 3_000), labels.slice(0, 1_000), 3) ?? 1;
    const errorOf = (divisor: number): number => {
      const probabilities = softmaxRows(over.slice(3_000), 3, divisor);
      const rows = Array.from({ length: 1_000 }, (_, row) => row);
      const answer = (row: number): number => {
        const own = probabilities.subarray(3 * row, 3 * row + 3);
        return own.indexOf(Math.max(...own));
      };
      return expectedCalibrationError({
        confidence: rows.map((row) => probabilities[3 * row + answer(row)] ?? 0),
        right: rows.map((row) => (answer(row) === labels[1_000 + row] ? 1 : 0)),
      });
    };
    expect(errorOf(temperature)).toBeLessThan(errorOf(1) / 2);
  });

  it('stays moderate on a handful of photos that are all right', () => {
    const rows = Float32Array.from({ length: 36 }, (_, at) => (at % 3 === 0 ? 3 : 0));
    const labels = new Int32Array(12);
    const temperature = fitTemperature(rows, labels, 3) ?? NaN;
    const own = softmaxRows(rows.slice(0, 3), 3, temperature)[0] ?? NaN;
    const asTrained = softmaxRows(rows.slice(0, 3), 3, 1)[0] ?? NaN;
    expect(own).toBeGreaterThan(asTrained);
    expect(own).toBeLessThan(0.99);
  });

  it('helps with 25 photos where a model is too sure, and costs little where it is not', () => {
    const classCount = 5;
    const fresh = calibrated(2_000, classCount, 77);
    const lossOf = (factor: number, temperature: number): number => {
      const logits = fresh.logits.map((logit) => factor * logit);
      const probabilities = softmaxRows(logits, classCount, temperature);
      return mean(
        [...fresh.labels].map(
          (label, row) => -Math.log(Math.max(1e-30, probabilities[row * classCount + label] ?? 0)),
        ),
      );
    };
    const meanLoss = (factor: number): number =>
      mean(
        Array.from({ length: 20 }, (_, draw) => {
          const { logits, labels } = calibrated(25, classCount, 100 + draw);
          const scaled = logits.map((logit) => factor * logit);
          return lossOf(factor, fitTemperature(scaled, labels, classCount) ?? NaN);
        }),
      );
    expect(meanLoss(3)).toBeLessThan(lossOf(3, 1) - 0.1);
    expect(meanLoss(1)).toBeLessThan(lossOf(1, 1) + 0.03);
  });

  it('gives up on too few photos and stays within its limits on nonsense', () => {
    expect(fitTemperature(new Float32Array(9 * 3), new Int32Array(9), 3)).toBeNull();
    const wrong = Float32Array.from({ length: 60 }, (_, at) => (at % 3 === 0 ? 9 : 0));
    const temperature = fitTemperature(wrong, new Int32Array(20).fill(1), 3) ?? NaN;
    expect(temperature).toBeGreaterThan(3);
    expect(temperature).toBeLessThanOrEqual(HIGHEST_TEMPERATURE);
  });
});
