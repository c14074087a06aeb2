/**
 * Training without gradients, for tests: the head is a nearest-class-mean classifier whose confidence
 * grows with every epoch. Losses and accuracies are measured on the data it is given, so curves,
 * early stopping and predictions hang together as they do in a real run.
 */
import { createEarlyStoppingMonitor } from '../domain/early-stopping.ts';
import { headProbabilities } from '../domain/head-forward.ts';
import type { HeadWeights } from '../domain/head.ts';
import type { Hyperparameters } from '../domain/hyperparameters.ts';
import {
  smoothSweep,
  suggestRate,
  SWEEP_STEPS,
  sweepRate,
  type RateSweep,
} from '../domain/learning-rate-range.ts';
import type { EpochMetrics } from '../domain/metrics.ts';
import type { TrainEnd, TrainingData, TrainOutcome } from '../protocol/engine-messages.ts';

export interface FakeTrainingSteps {
  /** Called after each epoch; the run goes on when it resolves, and ends when it resolves to 'stop'. */
  readonly afterEpoch: (metrics: EpochMetrics, head: HeadWeights) => Promise<'go-on' | 'stop'>;
}

/** Same data and settings, same outcome. */
export async function fakeTraining(
  data: TrainingData,
  settings: Hyperparameters,
  { afterEpoch }: FakeTrainingSteps,
  before: readonly EpochMetrics[] = [],
): Promise<TrainOutcome> {
  const means = classMeans(data);
  const monitor = createEarlyStoppingMonitor(
    settings.monitor,
    settings.earlyStopping ? settings : null,
  );
  let bestHead = headAt(data, means, settings, 0);
  for (const metrics of before) {
    if (monitor.add(metrics)) bestHead = headAt(data, means, settings, metrics.epoch);
  }
  let epoch = before.length;
  let end: TrainEnd = 'completed';
  while (epoch < settings.epochs) {
    epoch++;
    const head = headAt(data, means, settings, epoch);
    const metrics = measure(data, head, epoch, settings.learningRate);
    if (monitor.add(metrics)) bestHead = head;
    if ((await afterEpoch(metrics, head)) === 'stop') {
      end = 'stopped';
      break;
    }
    if (monitor.stoppedEpoch !== null && !settings.continueAfterStop) {
      end = 'early-stopped';
      break;
    }
  }
  return {
    end,
    epochsDone: epoch,
    bestEpoch: monitor.bestEpoch,
    stoppedEpoch: monitor.stoppedEpoch,
    bestHead,
    backend: 'cpu',
    elapsedMs: epoch,
    steps: epoch * Math.ceil(data.trainRows.length / settings.batchSize),
  };
}

/** [classCount, dim]: mean embedding of each class over the training rows; 0 for a class without any. */
function classMeans({
  embeddings,
  dim,
  labels,
  classCount,
  trainRows,
}: TrainingData): Float32Array {
  const means = new Float32Array(classCount * dim);
  const counts = new Float32Array(classCount);
  for (const row of trainRows) {
    const label = labels[row] ?? 0;
    counts[label] = (counts[label] ?? 0) + 1;
    for (let d = 0; d < dim; d++) {
      const at = label * dim + d;
      means[at] = (means[at] ?? 0) + (embeddings[row * dim + d] ?? 0);
    }
  }
  return means.map((sum, at) => sum / Math.max(1, counts[Math.floor(at / dim)] ?? 0));
}

/** Logit of class c: sharpness · (2 x·m_c - |m_c|²), largest for the nearest mean. */
function headAt(
  { dim, classCount }: TrainingData,
  means: Float32Array,
  { learningRate }: Hyperparameters,
  epoch: number,
): HeadWeights {
  const sharpness = epoch * learningRate * 10;
  const outputKernel = new Float32Array(dim * classCount);
  const outputBias = new Float32Array(classCount);
  for (let label = 0; label < classCount; label++) {
    let squared = 0;
    for (let d = 0; d < dim; d++) {
      const mean = means[label * dim + d] ?? 0;
      squared += mean * mean;
      outputKernel[d * classCount + label] = 2 * sharpness * mean;
    }
    outputBias[label] = -sharpness * squared;
  }
  return {
    inputDim: dim,
    hiddenUnits: 0,
    classCount,
    standardisation: null,
    hiddenKernel: null,
    hiddenBias: null,
    outputKernel,
    outputBias,
  };
}

function measure(
  data: TrainingData,
  head: HeadWeights,
  epoch: number,
  learningRate: number,
): EpochMetrics {
  const probabilities = headProbabilities(head, data.embeddings, data.count);
  const train = score(data, probabilities, data.trainRows);
  const validation = score(data, probabilities, data.validationRows);
  return {
    epoch,
    trainLoss: train?.loss ?? 0,
    trainAccuracy: train?.accuracy ?? 0,
    validationLoss: validation?.loss ?? null,
    validationAccuracy: validation?.accuracy ?? null,
    learningRate,
    elapsedMs: epoch,
  };
}

/** Mean cross-entropy in nats and accuracy over `rows`; null without rows. */
function score(
  { labels, classCount }: TrainingData,
  probabilities: Float32Array,
  rows: Int32Array,
): { loss: number; accuracy: number } | null {
  if (rows.length === 0) return null;
  let loss = 0;
  let right = 0;
  for (const row of rows) {
    const label = labels[row] ?? 0;
    const ofRow = probabilities.subarray(row * classCount, (row + 1) * classCount);
    loss -= Math.log(Math.max(ofRow[label] ?? 0, 1e-7));
    if (ofRow.indexOf(Math.max(...ofRow)) === label) right++;
  }
  return { loss: loss / rows.length, accuracy: right / rows.length };
}

/** A smooth fall around ten times the rate that is set, and a break two decades above. */
export function fakeSweep({ learningRate }: Hyperparameters): RateSweep {
  const centre = Math.log10(learningRate) + 1;
  const points = smoothSweep(
    Array.from({ length: SWEEP_STEPS }, (_, step) => {
      const rate = sweepRate(step);
      const decade = Math.log10(rate);
      const loss = 0.2 + 1 / (1 + Math.exp(6 * (decade - centre)));
      return { rate, loss: loss + 3 * Math.max(0, decade - centre - 2) };
    }),
  );
  return { points, diverged: false, suggestion: suggestRate(points), elapsedMs: 1 };
}
