/**
 * Cross-validation over groups of near-duplicates: every photo is answered by a head that learned from
 * the other folds. Judges the recipe (settings and photos), not one particular head.
 */
import { fitTemperature } from '../../domain/calibration.ts';
import type { CrossValidation } from '../../domain/evaluation.ts';
import { planFolds, type FoldPlan, type FoldProblem } from '../../domain/folds.ts';
import { softmaxRows } from '../../domain/head-forward.ts';
import type { EvaluationPhotos, EvaluationRequestMap } from '../../protocol/evaluation-messages.ts';
import { askNeighbours, largestClass, type NeighbourAnswer } from './ask-neighbours.ts';
import { assemble } from './assemble.ts';
import { findSuspects } from './check-labels.ts';
import type { EvaluationTools } from './evaluation-tools.ts';
import { fitAndAsk } from './fit-head.ts';

type CrossValidationRequest = EvaluationRequestMap['evaluate/cross-validate']['in'];

export async function crossValidate(
  request: CrossValidationRequest,
  tools: EvaluationTools,
): Promise<{ readonly result: CrossValidation } | { readonly problem: FoldProblem }> {
  const { photos, folds, seed } = request;
  const { labels, groups, classCount } = photos;
  const plan = planFolds(labels, groups, classCount, folds, seed);
  if ('code' in plan) return { problem: plan };
  const rows = rowsWhere(plan, (fold) => fold >= 0);
  const placeOf = new Map([...rows].map((row, place) => [row, place]));
  const logits = new Float32Array(rows.length * classCount);
  const largest = new Int32Array(rows.length);
  const neighbours: NeighbourAnswer[] = [];
  // The label check after the folds takes about as long as one of them.
  const total = folds + 1;
  tools.onProgress(0, total);
  for (let fold = 0; fold < folds; fold++) {
    const trainRows = rowsWhere(plan, (own) => own !== fold);
    const askedRows = rowsWhere(plan, (own) => own === fold);
    const answered = await fitAndAsk({ photos, trainRows, askedRows, recipe: request, ...tools });
    const alike = await askNeighbours(photos, trainRows, askedRows, tools);
    const mostCommon = largestClass(photos, trainRows);
    askedRows.forEach((row, index) => {
      const place = placeOf.get(row) ?? 0;
      logits.set(
        answered.subarray(index * classCount, (index + 1) * classCount),
        place * classCount,
      );
      largest[place] = mostCommon;
      const own = alike[index];
      if (own !== undefined) neighbours[place] = own;
    });
    tools.onProgress(fold + 1, total);
  }
  const { probabilities, temperature } = calibrateAcross(plan, rows, photos, logits);
  const answers = { rows, logits, probabilities, neighbours };
  const labelCheck = await findSuspects(photos, rows, probabilities, tools, (share) => {
    tools.onProgress(folds + share, total);
  });
  return {
    result: {
      ...assemble({
        photos,
        judged: { ...answers, largest },
        chosenOn: answers,
        familiar: neighbours.map((each) => each.strangeness),
        temperature: {
          value: temperature ?? 1,
          fittedOn: temperature === null ? null : rows.length,
          onSamePhotos: false,
        },
        seed,
      }),
      folds,
      loneClasses: plan.loneClasses,
      labelCheck,
    },
  };
}

export function rowsWhere(plan: FoldPlan, isWanted: (fold: number) => boolean): Int32Array {
  return Int32Array.from([...plan.foldOf].flatMap((fold, row) => (isWanted(fold) ? [row] : [])));
}

/** Each fold's temperature comes from the other folds, so that calibration too is judged unseen. */
function calibrateAcross(
  plan: FoldPlan,
  rows: Int32Array,
  { labels, classCount }: EvaluationPhotos,
  logits: Float32Array,
): { readonly probabilities: Float32Array; readonly temperature: number | null } {
  const fit = (places: readonly number[]): number | null => {
    const own = new Float32Array(places.length * classCount);
    places.forEach((place, index) => {
      own.set(logits.subarray(place * classCount, (place + 1) * classCount), index * classCount);
    });
    const ownLabels = places.map((place) => labels[rows[place] ?? 0] ?? 0);
    return fitTemperature(own, ownLabels, classCount);
  };
  const places = [...rows.keys()];
  const foldAt = (place: number): number => plan.foldOf[rows[place] ?? 0] ?? -1;
  const probabilities = new Float32Array(logits.length);
  for (let fold = 0; fold < plan.folds; fold++) {
    const temperature = fit(places.filter((place) => foldAt(place) !== fold)) ?? 1;
    for (const place of places.filter((each) => foldAt(each) === fold)) {
      const own = logits.subarray(place * classCount, (place + 1) * classCount);
      probabilities.set(softmaxRows(own, classCount, temperature), place * classCount);
    }
  }
  return { probabilities, temperature: fit(places) };
}
