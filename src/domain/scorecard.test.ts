import { describe, expect, it } from 'vitest';
import { createRandom } from './random.ts';
import { macroScores, scoreAnswers } from './scorecard.ts';
import { confusionMatrix } from './classification-metrics.ts';

/** One-hot-like rows: 0.8 on the answer, the rest shared. */
function sureOf(answers: readonly number[], classCount: number): Float32Array {
  return Float32Array.from(
    answers.flatMap((answer) =>
      Array.from({ length: classCount }, (_, k) => (k === answer ? 0.8 : 0.2 / (classCount - 1))),
    ),
  );
}

function card(labels: readonly number[], answers: readonly number[], classCount: number) {
  return scoreAnswers(
    {
      probabilities: sureOf(answers, classCount),
      labels: Int32Array.from(labels),
      groups: Int32Array.from(labels, (_, row) => row),
      classCount,
    },
    1,
  );
}

describe('scoreAnswers', () => {
  it("gives the figures of scikit-learn's documented example", () => {
    // precision_recall_fscore_support, average='macro': 0.22…, 0.33…, 0.26…
    const { macroPrecision, macroRecall, macroF1, accuracy } = card(
      [0, 1, 2, 0, 1, 2],
      [0, 2, 1, 0, 0, 1],
      3,
    );
    expect(macroPrecision?.value).toBeCloseTo(2 / 9, 10);
    expect(macroRecall?.value).toBeCloseTo(1 / 3, 10);
    expect(macroF1?.value).toBeCloseTo(0.8 / 3, 10);
    expect(accuracy.value).toBeCloseTo(2 / 6, 10);
  });

  it('agrees with counting photo by photo', () => {
    const random = createRandom(3);
    const labels = Array.from({ length: 60 }, () => random.int(4));
    const answers = labels.map((label) => (random.float() < 0.6 ? label : random.int(4)));
    const { classes, matrix } = card(labels, answers, 4);
    classes.forEach((own, k) => {
      const truly = labels.filter((label) => label === k).length;
      const said = answers.filter((answer) => answer === k).length;
      const both = labels.filter((label, row) => label === k && answers[row] === k).length;
      expect(own).toMatchObject({ support: truly, answered: said, hits: both });
      expect(own.precision?.value).toBeCloseTo(both / said, 12);
      expect(own.recall?.value).toBeCloseTo(both / truly, 12);
      expect(own.f1?.value).toBeCloseTo((2 * both) / (said + truly), 12);
      for (const figure of [own.precision, own.recall, own.f1]) {
        expect(figure?.low).toBeLessThanOrEqual(figure?.value ?? -1);
        expect(figure?.high).toBeGreaterThanOrEqual(figure?.value ?? 2);
      }
    });
    expect(matrix.reduce((sum, count) => sum + count, 0)).toBe(60);
  });

  it('does not claim certainty when everything was right', () => {
    const labels = [0, 0, 0, 1, 1, 1];
    const { accuracy, macroF1, classes } = card(labels, labels, 2);
    expect(macroF1?.value).toBe(1);
    expect(macroF1?.low).toBeLessThan(0.7);
    expect(classes[0]?.f1?.low).toBeLessThan(0.5);
    expect(accuracy.low).toBeCloseTo(0.6097, 3);
  });

  it('has nothing to say of a class without photos', () => {
    const { classes, macroRecall } = card([0, 0, 1, 1], [0, 0, 1, 0], 3);
    expect(classes[2]).toMatchObject({ support: 0, answered: 0, recall: null, f1: null });
    expect(macroRecall?.value).toBeCloseTo(0.75, 12);
  });

  it('is wider for photos that are copies of each other', () => {
    const labels = Int32Array.from({ length: 80 }, (_, row) => row % 2);
    const answers = Array.from(labels, (label, row) =>
      Math.floor(row / 8) % 4 === 0 ? 1 - label : label,
    );
    const probabilities = sureOf(answers, 2);
    const widthOf = (groups: Int32Array): number => {
      const { macroF1 } = scoreAnswers({ probabilities, labels, groups, classCount: 2 }, 1);
      return (macroF1?.high ?? 0) - (macroF1?.low ?? 0);
    };
    const single = widthOf(labels.map((_, row) => row));
    expect(widthOf(labels.map((_, row) => Math.floor(row / 8)))).toBeGreaterThan(1.5 * single);
  });

  it('covers the true macro F1 about 95 times in 100', () => {
    const random = createRandom(11);
    const draw = (): { label: number; answer: number } => {
      const label = random.float() < 0.4 ? 0 : 1;
      return { label, answer: random.float() < 0.8 ? label : 1 - label };
    };
    const many = Array.from({ length: 200_000 }, draw);
    const truth =
      macroScores(
        confusionMatrix(
          many.map(({ answer }) => answer),
          many.map(({ label }) => label),
          2,
        ),
        2,
      ).f1 ?? NaN;
    let covered = 0;
    const trials = 100;
    for (let trial = 0; trial < trials; trial++) {
      const sample = Array.from({ length: 120 }, draw);
      const { macroF1 } = scoreAnswers(
        {
          probabilities: sureOf(
            sample.map(({ answer }) => answer),
            2,
          ),
          labels: Int32Array.from(sample, ({ label }) => label),
          groups: Int32Array.from(sample, (_, row) => row),
          classCount: 2,
        },
        trial,
      );
      if (macroF1 !== null && macroF1.low <= truth && truth <= macroF1.high) covered += 1;
    }
    expect(covered / trials).toBeGreaterThan(0.88);
    expect(covered / trials).toBeLessThanOrEqual(0.99);
  });
});
