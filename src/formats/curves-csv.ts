/** Curves as a table for spreadsheets and notebooks: one row an epoch, numbers to the last bit. */
import type { EpochMetrics } from '../domain/metrics.ts';
import { writeCsv } from './csv-cells.ts';

export const CURVE_COLUMNS = [
  'run',
  'epoch',
  'train_loss',
  'train_accuracy',
  'validation_loss',
  'validation_accuracy',
  'learning_rate',
  'elapsed_ms',
] as const;

interface Curve {
  readonly name: string;
  readonly metrics: readonly EpochMetrics[];
}

/** Losses in nats, accuracies in [0, 1]. An empty cell: not measured (no validation photos). */
export function writeCurvesCsv(runs: readonly Curve[]): string {
  const rows = runs.flatMap(({ name, metrics }) =>
    metrics.map((point) => [
      name,
      point.epoch,
      point.trainLoss,
      point.trainAccuracy,
      point.validationLoss,
      point.validationAccuracy,
      point.learningRate,
      point.elapsedMs,
    ]),
  );
  return writeCsv([CURVE_COLUMNS, ...rows]);
}
