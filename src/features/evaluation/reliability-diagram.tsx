/** How sure against how often right: on the dashed line a model means what it says. */
import type { ReliabilityBin } from '../../domain/calibration.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { XyChart } from '../../ui/charts/xy-chart.tsx';

const TICKS = [0, 0.25, 0.5, 0.75, 1];

interface ReliabilityDiagramProps {
  readonly title: string;
  readonly bins: readonly ReliabilityBin[];
}

export function ReliabilityDiagram({ title, bins }: ReliabilityDiagramProps) {
  const t = useTranslate();
  const formats = useFormats();
  const show = (value: number): string => formats.percent(value);
  const filled = bins.flatMap(({ photos, hits, confidence, accuracy }) =>
    confidence === null || accuracy === null ? [] : [{ photos, hits, confidence, accuracy }],
  );
  const textOf = ({ photos, hits, confidence }: (typeof filled)[number]): string =>
    t('evaluation.bin', { sure: formats.percent(confidence), hits, count: photos });
  return (
    <XyChart
      title={title}
      description={filled.map(textOf).join(' ')}
      x={{ label: t('evaluation.sure'), from: 0, to: 1, ticks: TICKS, show }}
      y={{ label: t('evaluation.right'), from: 0, to: 1, ticks: TICKS, show }}
      series={[
        {
          id: 'ideal',
          kind: 'line',
          tone: 'muted',
          isDashed: true,
          points: [
            { x: 0, y: 0 },
            { x: 1, y: 1 },
          ],
        },
        {
          id: 'measured',
          kind: 'points',
          tone: 'accent',
          points: filled.map((bin) => ({
            x: bin.confidence,
            y: bin.accuracy.value,
            low: bin.accuracy.low,
            high: bin.accuracy.high,
            title: textOf(bin),
          })),
        },
      ]}
    >
      {title}
    </XyChart>
  );
}
