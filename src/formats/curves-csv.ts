/** Curves as a table for spreadsheets and notebooks: one row an epoch, numbers to the last bit. */
import type { EpochMetrics } from '../domain/metrics.ts';

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

/**
 * RFC 4180, CRLF, UTF-8. Losses in nats, accuracies in [0, 1]. An empty cell: not measured (no
 * validation photos); NaN and Infinity are written as such.
 */
export function writeCurvesCsv(runs: readonly Curve[]): string {
  const lines = runs.flatMap(({ name, metrics }) =>
    metrics.map((point) =>
      [
        quoted(name),
        point.epoch,
        point.trainLoss,
        point.trainAccuracy,
        point.validationLoss ?? '',
        point.validationAccuracy ?? '',
        point.learningRate,
        point.elapsedMs,
      ].join(','),
    ),
  );
  return [CURVE_COLUMNS.join(','), ...lines, ''].join('\r\n');
}

/** A name that begins like a formula would be run as one by a spreadsheet. */
function quoted(name: string): string {
  const harmless = /^[=+\-@\t\r]/.test(name) ? `'${name}` : name;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
