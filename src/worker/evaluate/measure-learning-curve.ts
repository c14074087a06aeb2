/**
 * Measures how the errors fall with more photos: trains on growing, nested parts of what each fold
 * leaves to learn from, and once with each class cut to half, to see which class lives off its photos.
 */
import { argMaxRows } from '../../domain/classification-metrics.ts';
import type { ClassGain, LearningCurveMeasurement } from '../../domain/evaluation.ts';
import { planFolds, type FoldProblem } from '../../domain/folds.ts';
import { createRandom, deriveSeed } from '../../domain/random.ts';
import type { EvaluationPhotos, EvaluationRequestMap } from '../../protocol/evaluation-messages.ts';
import { rowsWhere } from './cross-validate.ts';
import type { EvaluationTools } from './evaluation-tools.ts';
import { fitAndAsk } from './fit-head.ts';

type LearningCurveRequest = EvaluationRequestMap['evaluate/learning-curve']['in'];

/** Parts of the photos to learn from, the last one all of them. */
const SHARES = [0.2, 0.35, 0.5, 0.7, 1] as const;
/** Halving every class in every fold would take too long for what it says. */
const FOLDS_FOR_CLASSES = 3;

export async function measureLearningCurve(
  request: LearningCurveRequest,
  tools: EvaluationTools,
): Promise<{ readonly result: LearningCurveMeasurement } | { readonly problem: FoldProblem }> {
  const { photos, folds, seed } = request;
  const { labels, groups, classCount } = photos;
  const plan = planFolds(labels, groups, classCount, folds, seed);
  if ('code' in plan) return { problem: plan };
  const classFolds = Math.min(FOLDS_FOR_CLASSES, folds);
  const total = folds * SHARES.length + classFolds * classCount;
  let done = 0;
  tools.onProgress(0, total);
  const points = SHARES.map(() => ({ photos: 0, errors: [] as number[] }));
  const tally = Array.from({ length: classCount }, () => ({
    asked: 0,
    lost: 0,
    all: 0,
    allLost: 0,
  }));

  for (let fold = 0; fold < folds; fold++) {
    const learnable = rowsWhere(plan, (own) => own !== fold);
    const askedRows = rowsWhere(plan, (own) => own === fold);
    const order = groupOrder(photos, learnable, deriveSeed(seed, `fold ${String(fold)}`));
    const hitsWith = async (trainRows: Int32Array): Promise<readonly boolean[]> => {
      const logits = await fitAndAsk({ photos, trainRows, askedRows, recipe: request, ...tools });
      tools.onProgress(++done, total);
      const answers = argMaxRows(logits, classCount);
      return Array.from(askedRows, (row, index) => answers[index] === labels[row]);
    };
    let full: readonly boolean[] = [];
    for (const [index, share] of SHARES.entries()) {
      const trainRows = takeOfEachClass(photos, order, () => share);
      full = await hitsWith(trainRows);
      const point = points[index];
      if (point === undefined) continue;
      point.photos += trainRows.length / folds;
      point.errors.push(1 - share01(full));
    }
    if (fold >= classFolds) continue;
    for (let cut = 0; cut < classCount; cut++) {
      const halved = takeOfEachClass(photos, order, (label) => (label === cut ? 0.5 : 1));
      const hits = await hitsWith(halved);
      const own = tally[cut];
      if (own === undefined || halved.length === learnable.length) continue;
      askedRows.forEach((row, index) => {
        const lost = Number(full[index] ?? false) - Number(hits[index] ?? false);
        own.all += 1;
        own.allLost += lost;
        if (labels[row] !== cut) return;
        own.asked += 1;
        own.lost += lost;
      });
    }
  }
  const classGains = tally
    .flatMap(({ asked, lost, all, allLost }, classIndex): ClassGain[] =>
      asked === 0 ? [] : [{ classIndex, recallGain: lost / asked, accuracyGain: allLost / all }],
    )
    .sort((a, b) => b.accuracyGain - a.accuracyGain || b.recallGain - a.recallGain);
  return {
    result: {
      points: points.map((point) => ({ ...point, photos: Math.round(point.photos) })),
      classGains,
    },
  };
}

function share01(hits: readonly boolean[]): number {
  return hits.reduce((sum, hit) => sum + Number(hit), 0) / Math.max(1, hits.length);
}

/** Rows in groups, in an order drawn by chance: parts of it are nested, and no group is taken apart. */
function groupOrder(
  { groups }: EvaluationPhotos,
  rows: Int32Array,
  seed: number,
): readonly (readonly number[])[] {
  const members = new Map<number, number[]>();
  for (const row of rows) {
    const group = groups[row] ?? 0;
    const list = members.get(group);
    if (list === undefined) members.set(group, [row]);
    else list.push(row);
  }
  return createRandom(seed).shuffle([...members.values()]);
}

/** Of each class about this share of its photos, at least one group. */
function takeOfEachClass(
  { labels, classCount }: EvaluationPhotos,
  order: readonly (readonly number[])[],
  shareOf: (label: number) => number,
): Int32Array {
  const all = new Int32Array(classCount);
  for (const rows of order) for (const row of rows) all[labels[row] ?? 0]! += 1;
  const taken = new Int32Array(classCount);
  const result: number[] = [];
  for (const rows of order) {
    const wanted = rows.some((row) => {
      const label = labels[row] ?? 0;
      return (taken[label] ?? 0) < Math.max(1, Math.round(shareOf(label) * (all[label] ?? 0)));
    });
    if (!wanted) continue;
    for (const row of rows) {
      taken[labels[row] ?? 0]! += 1;
      result.push(row);
    }
  }
  return Int32Array.from(result.sort((a, b) => a - b));
}
