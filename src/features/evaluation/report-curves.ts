/** The report's curves: drawn in full, and some of the epochs as a table. */
import type { EpochMetrics } from '../../domain/metrics.ts';
import type { Formats } from '../../i18n/formats.ts';
import type { Translate } from '../../i18n/translate.ts';
import { epochAxis, valueAxis } from '../../ui/charts/axis-steps.ts';
import type { ReportCurve, ReportFigure } from './report-figure.ts';
import type { ReportSection } from './report-html.ts';

const CURVE_ROWS = 10;

export function curveSection(
  t: Translate,
  formats: Formats,
  metrics: readonly EpochMetrics[],
  epochInUse: number,
): ReportSection {
  const number = (value: number | null): string =>
    value === null ? '–' : formats.number(value, 3);
  return {
    title: t('evaluation.report-curves'),
    paragraphs: [],
    figures:
      metrics.length < 2
        ? []
        : (['loss', 'accuracy'] as const).map((metric) =>
            curveFigure(t, formats, metrics, epochInUse, metric),
          ),
    tables: [
      {
        title: t('evaluation.report-curves-text'),
        head: [
          t('evaluation.report-epoch'),
          t('evaluation.report-train-loss'),
          t('evaluation.report-validation-loss'),
          t('evaluation.report-validation-right'),
        ],
        rows: someEpochs(metrics).map((point) => [
          formats.number(point.epoch),
          number(point.trainLoss),
          number(point.validationLoss),
          point.validationAccuracy === null ? '–' : formats.percent(point.validationAccuracy),
        ]),
      },
    ],
  };
}

/** The first and the last among them. */
function someEpochs(metrics: readonly EpochMetrics[]): readonly EpochMetrics[] {
  const last = metrics.length - 1;
  const count = Math.min(CURVE_ROWS, metrics.length);
  const chosen = Array.from({ length: count }, (_, i) =>
    Math.round((i * last) / Math.max(1, count - 1)),
  );
  return [...new Set(chosen)].flatMap((index) => metrics[index] ?? []);
}

const READ = {
  loss: { training: 'trainLoss', validation: 'validationLoss' },
  accuracy: { training: 'trainAccuracy', validation: 'validationAccuracy' },
} as const;

function curveFigure(
  t: Translate,
  formats: Formats,
  metrics: readonly EpochMetrics[],
  epochInUse: number,
  metric: 'loss' | 'accuracy',
): ReportFigure {
  const curves = (['training', 'validation'] as const).flatMap((tone): readonly ReportCurve[] => {
    const points = metrics.flatMap((epoch) => {
      const y = epoch[READ[metric][tone]];
      return y === null || !Number.isFinite(y) ? [] : [{ x: epoch.epoch, y }];
    });
    return points.length === 0 ? [] : [{ tone, label: t(`evaluation.report-${tone}`), points }];
  });
  const values = curves.flatMap(({ points }) => points.map(({ y }) => y));
  const x = epochAxis(metrics.at(-1)?.epoch ?? 1);
  const y = valueAxis(values, metric, 'linear');
  const show = (value: number): string =>
    metric === 'loss' ? formats.significant(value, 2) : formats.percent(value);
  const title = t(`evaluation.report-figure-${metric}`);
  return {
    title,
    x: {
      label: t('evaluation.report-epoch'),
      from: x.min,
      to: x.max,
      ticks: x.ticks.map((at) => ({ at, text: formats.number(at) })),
    },
    y: {
      label: title,
      from: y.min,
      to: y.max,
      ticks: y.ticks.map((at) => ({ at, text: show(at) })),
    },
    curves,
    mark: { at: epochInUse, text: t('evaluation.report-epoch-in-use', { epoch: epochInUse }) },
  };
}
