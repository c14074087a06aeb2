/**
 * Trains a head on some photos and asks it about others, without looking at a curve on the way: the
 * same steps as a run (`train-head.ts`), up to an epoch that is known beforehand, because photos that
 * judge must not choose when to stop.
 */
import type { EvaluationPhotos, Recipe } from '../../protocol/evaluation-messages.ts';
import type { CreateHeadMath } from '../head/head-math.ts';
import { initialParameters } from '../head/head-parameters.ts';
import type { RunControl } from '../head/run-control.ts';
import { createEpochPlan, headShape } from '../head/train-head.ts';
import { createTrainingSet } from '../head/training-set.ts';
import { abortedByCaller } from './aborted-by-caller.ts';

export interface FitOptions {
  readonly photos: EvaluationPhotos;
  readonly trainRows: Int32Array;
  /** Asked at the end. */
  readonly askedRows: Int32Array;
  readonly recipe: Recipe;
  readonly createMath: CreateHeadMath;
  readonly control: RunControl;
}

/** Logits [askedRows, classCount]. Throws EngineError 'aborted' when the caller cancelled. */
export async function fitAndAsk(options: FitOptions): Promise<Float32Array> {
  const { photos, trainRows, askedRows, recipe, control } = options;
  const { hyperparameters } = recipe;
  const trainingSet = createTrainingSet(
    { ...photos, dataKey: '', trainRows, validationRows: askedRows },
    hyperparameters,
  );
  const shape = headShape(trainingSet, hyperparameters.hiddenUnits);
  const math = options.createMath({
    trainingSet,
    initial: initialParameters(shape, hyperparameters.seed),
    optimizer: hyperparameters,
    gradientClip: hyperparameters.gradientClip,
  });
  try {
    const plan = createEpochPlan(trainingSet, hyperparameters, shape, null);
    let steps = 0;
    for (let epoch = 1; epoch <= recipe.epochs; epoch++) {
      math.beginEpoch(plan.nextOrder());
      for (let batch = 0; batch < plan.batchesPerEpoch; batch++) {
        if (control.isDue && !(await control.turn())) throw abortedByCaller();
        math.step(plan.batch(batch, steps));
        steps += 1;
      }
    }
    return (await math.logits()).slice(trainRows.length * photos.classCount);
  } finally {
    math.dispose();
  }
}
