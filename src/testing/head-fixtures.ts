/** Small made-up training data and helpers for the tests of head training. */
import { DEFAULT_HYPERPARAMETERS } from '../domain/hyperparameter-specs.ts';
import type { Hyperparameters } from '../domain/hyperparameters.ts';
import { createRandom } from '../domain/random.ts';
import type { EngineEvent, TrainingData } from '../protocol/engine-messages.ts';

export interface MadeUpData {
  readonly trainPerClass: number;
  readonly validationPerClass: number;
  readonly dim: number;
  readonly classCount: number;
  /** Distance between class centres in units of the noise. */
  readonly separation: number;
  readonly seed?: number;
}

/** Gaussian clouds, one per class; all numbers from 0 up, as embeddings behind a ReLU are. */
export function madeUpData(options: MadeUpData): TrainingData {
  const { trainPerClass, validationPerClass, dim, classCount, separation } = options;
  const random = createRandom(options.seed ?? 1);
  const centres = Float32Array.from({ length: classCount * dim }, () => random.normal());
  const perClass = trainPerClass + validationPerClass;
  const count = perClass * classCount;
  const embeddings = new Float32Array(count * dim);
  const labels = Int32Array.from({ length: count }, (_, row) => row % classCount);
  labels.forEach((label, row) => {
    for (let d = 0; d < dim; d++) {
      const centre = (separation * (centres[label * dim + d] ?? 0)) / Math.sqrt(dim);
      embeddings[row * dim + d] = Math.max(0, centre + random.normal());
    }
  });
  const trainCount = trainPerClass * classCount;
  const rows = Int32Array.from({ length: count }, (_, row) => row);
  return {
    dataKey: `made-up ${options.seed ?? 1}`,
    embeddings,
    count,
    dim,
    labels,
    classCount,
    trainRows: rows.slice(0, trainCount),
    validationRows: rows.slice(trainCount),
  };
}

/** Plain settings whose effect is easy to follow, changed as told. */
export function settings(changes: Partial<Hyperparameters> = {}): Hyperparameters {
  return {
    ...DEFAULT_HYPERPARAMETERS,
    epochs: 5,
    learningRate: 0.01,
    batchSize: 8,
    optimizer: 'adam',
    schedule: 'constant',
    warmup: 0,
    hiddenUnits: 0,
    dropout: 0,
    weightDecay: 0,
    labelSmoothing: 0,
    balanceClasses: false,
    standardise: true,
    gradientClip: 0,
    earlyStopping: false,
    continueAfterStop: false,
    seed: 1,
    ...changes,
  };
}

/** A request context that records what is emitted. */
export function recordingContext(): {
  readonly events: EngineEvent[];
  readonly abort: AbortController;
  readonly context: {
    readonly signal: AbortSignal;
    readonly emit: (event: EngineEvent) => void;
  };
} {
  const events: EngineEvent[] = [];
  const abort = new AbortController();
  return { events, abort, context: { signal: abort.signal, emit: (event) => events.push(event) } };
}
