/** `head/score-split`: one training run of which only the validation score is wanted. */
import type { Hyperparameters } from '../../domain/hyperparameters.ts';
import type { EpochMetrics } from '../../domain/metrics.ts';
import type { SplitScore, TrainingData } from '../../protocol/engine-messages.ts';
import { throwIfAborted } from '../dispatch.ts';
import type { CheckpointStore } from './checkpoint-store.ts';
import type { CreateHeadMath } from './head-math.ts';
import { createRunControl } from './run-control.ts';
import { trainHead } from './train-head.ts';
import { createTrainingSet } from './training-set.ts';

/** The head itself is of no use to anybody. */
const KEEP_NOTHING: CheckpointStore = {
  add: () => undefined,
  get: () => null,
  epochs: () => [],
};

/**
 * The score that the app would show for this split: at the epoch the monitored metric picks.
 *
 * @throws EngineError 'aborted'
 */
export async function scoreSplit(
  data: TrainingData,
  hyperparameters: Hyperparameters,
  createMath: CreateHeadMath,
  signal: AbortSignal,
): Promise<SplitScore> {
  throwIfAborted(signal);
  const control = createRunControl(signal);
  const metrics: EpochMetrics[] = [];
  try {
    control.start();
    const { bestEpoch } = await trainHead({
      trainingSet: createTrainingSet(data, hyperparameters),
      hyperparameters,
      createMath,
      control,
      checkpoints: KEEP_NOTHING,
      onEpoch: (epoch) => metrics.push(epoch),
    });
    throwIfAborted(signal);
    const of = data.validationRows.length;
    const accuracy = metrics[bestEpoch - 1]?.validationAccuracy ?? 0;
    return { right: Math.round(accuracy * of), of };
  } finally {
    control.close();
  }
}
