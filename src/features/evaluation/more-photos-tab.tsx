/** What more photos would probably bring: the learning curve with its band, in a sentence and a chart. */
import { useMemo } from 'react';
import { fitLearningCurve, type LearningCurveFit } from '../../domain/learning-curve.ts';
import type { Formats } from '../../i18n/formats.ts';
import type { Translate } from '../../i18n/translate.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import type { MeasuredLearning } from '../../state/evaluation-state.ts';
import { useApp } from '../../state/use-app.tsx';
import { XyChart } from '../../ui/charts/xy-chart.tsx';
import styles from './evaluation-room.module.css';
import { JobBar } from './job-bar.tsx';

const MORE = 20;
/** The fit says little about ten times as many photos; twice as many is bold enough. */
const AHEAD = 2;
const SAMPLES = 24;

export function MorePhotosTab() {
  const t = useTranslate();
  const result = useApp((state) => state.evaluation.learning.result);
  return (
    <div className={styles.part}>
      <p className={styles.muted}>{t('evaluation.more-text')}</p>
      <JobBar job="learning" label={t('evaluation.start-learning')} />
      {result !== null && <Learned result={result} />}
    </div>
  );
}

/** The fit takes some milliseconds: hundreds of refits of a few points. */
export function useLearningFit(result: MeasuredLearning | null) {
  return useMemo(() => {
    if (result === null) return null;
    const { points } = result.measurement;
    const most = Math.max(...points.map(({ photos }) => photos));
    const least = Math.max(1, Math.min(...points.map(({ photos }) => photos)));
    const sizes = Array.from(
      { length: SAMPLES },
      (_, i) => least + ((AHEAD * most - least) * i) / (SAMPLES - 1),
    );
    return { most, fit: fitLearningCurve(points, sizes, MORE, 1) };
  }, [result]);
}

export function useLearningSentences(result: MeasuredLearning | null): readonly string[] {
  const t = useTranslate();
  const formats = useFormats();
  const learned = useLearningFit(result);
  return useMemo(
    () => (result === null || learned === null ? [] : sentencesOf(t, formats, result, learned.fit)),
    [t, formats, result, learned],
  );
}

function sentencesOf(
  t: Translate,
  formats: Formats,
  result: MeasuredLearning,
  fit: LearningCurveFit | null,
): readonly string[] {
  if (fit === null) return [t('evaluation.more-unfit')];
  const { value, low, high } = fit.gain;
  const points = (share: number): string => formats.number(100 * share, 1);
  const first =
    high < 0.01
      ? t('evaluation.more-flat', { more: MORE, high: points(high) })
      : t('evaluation.more-gain', {
          more: MORE,
          value: points(value),
          low: points(low),
          high: points(high),
        });
  const [best] = result.measurement.classGains;
  if (best === undefined) return [first];
  const name = result.classes[best.classIndex]?.name ?? '';
  const second =
    best.accuracyGain <= 0
      ? t('evaluation.more-no-class')
      : t('evaluation.more-class', { name, gain: points(best.accuracyGain) });
  return [first, second];
}

function Learned({ result }: { readonly result: MeasuredLearning }) {
  const t = useTranslate();
  const formats = useFormats();
  const learned = useLearningFit(result);
  const sentences = useLearningSentences(result);
  const { points, classGains } = result.measurement;
  const fit = learned?.fit ?? null;
  const most = AHEAD * (learned?.most ?? 1);
  const step = niceStep(most / 4);
  const ticks = Array.from({ length: Math.floor(most / step) + 1 }, (_, i) => i * step);
  return (
    <section className={styles.block} aria-label={t('evaluation.learning-curve')}>
      <p className={styles.headline} role="status" aria-label={t('evaluation.more-answer')}>
        {sentences.join(' ')}
      </p>
      <XyChart
        title={t('evaluation.learning-curve')}
        description={sentences.join(' ')}
        x={{
          label: t('evaluation.learning-x'),
          from: 0,
          to: most,
          ticks,
          show: (value) => formats.number(value),
        }}
        y={{
          label: t('evaluation.learning-y'),
          from: 0,
          to: 1,
          ticks: [0, 0.25, 0.5, 0.75, 1],
          show: (value) => formats.percent(value),
        }}
        mark={learned?.most}
        series={[
          ...(fit === null
            ? []
            : ([
                {
                  id: 'band',
                  kind: 'band',
                  tone: 'validation',
                  points: fit.curve.map(({ photos, error, low, high }) => ({
                    x: photos,
                    y: 1 - error,
                    low: 1 - high,
                    high: 1 - low,
                  })),
                },
                {
                  id: 'fit',
                  kind: 'line',
                  tone: 'validation',
                  isDashed: true,
                  points: fit.curve.map(({ photos, error }) => ({ x: photos, y: 1 - error })),
                },
              ] as const)),
          {
            id: 'measured',
            kind: 'points',
            tone: 'accent',
            points: points.map(({ photos, errors }) => ({
              x: photos,
              y: 1 - errors.reduce((sum, error) => sum + error, 0) / Math.max(1, errors.length),
            })),
          },
        ]}
      >
        {t('evaluation.learning-caption')}
      </XyChart>
      {classGains.length > 0 && (
        <div className={styles.scroll}>
          <table className={styles.table} aria-label={t('evaluation.class-gains')}>
            <thead>
              <tr>
                <th scope="col">{t('evaluation.class')}</th>
                <th scope="col">{t('evaluation.class-gain-own')}</th>
                <th scope="col">{t('evaluation.class-gain-all')}</th>
              </tr>
            </thead>
            <tbody>
              {classGains.map(({ classIndex, recallGain, accuracyGain }) => (
                <tr key={classIndex}>
                  <th scope="row">{result.classes[classIndex]?.name}</th>
                  <td>{formats.percent(recallGain, 1)}</td>
                  <td>{formats.percent(accuracyGain, 1)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className={styles.muted}>{t('evaluation.class-gains-text')}</p>
    </section>
  );
}

/** 1, 2 or 5 times a power of ten. */
function niceStep(value: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return ([1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10) * power;
}
