/** The dial for "I don't know": what withholding unsure answers costs and brings, applied in Try it. */
import { coverageAt } from '../../domain/abstention.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { XyChart } from '../../ui/charts/xy-chart.tsx';
import { NumberSlider, type CommitVerdict } from '../../ui/primitives/number-slider.tsx';
import { Switch } from '../../ui/primitives/switch.tsx';
import styles from './evaluation-room.module.css';
import type { Judged } from './use-judged.ts';

const SCALE = {
  min: 0,
  max: 0.99,
  step: 0.01,
  scale: 'linear',
  integer: false,
  logFloor: null,
} as const;
const TICKS = [0, 0.25, 0.5, 0.75, 1];

export function AbstentionDial({ judged }: { readonly judged: Judged }) {
  const t = useTranslate();
  const formats = useFormats();
  const { isOn, confidenceFloor, withDistance, suggested } = useApp((state) => state.abstention);
  const setAbstention = useApp((state) => state.setAbstention);
  const start = roundedUp(
    suggested?.confidenceFloor ?? judged.evaluation.abstention.suggested.confidenceFloor,
  );
  const floor = confidenceFloor ?? start;
  const commit = (value: number): CommitVerdict => {
    if (Number.isNaN(value)) return 'not-a-number';
    if (value < SCALE.min || value > SCALE.max) return 'out-of-range';
    setAbstention({ confidenceFloor: value === start ? null : value });
    return 'ok';
  };
  return (
    <section className={styles.block} aria-label={t('evaluation.abstain')}>
      <h3 className={styles.subtitle}>{t('evaluation.abstain')}</h3>
      <p className={styles.muted}>{t('evaluation.abstain-text')}</p>
      <Switch
        isSelected={isOn}
        onChange={(value) => {
          setAbstention({ isOn: value });
        }}
      >
        {t('evaluation.abstain-on')}
      </Switch>
      <div className={styles.pair}>
        <div className={styles.block}>
          <NumberSlider
            label={t('evaluation.abstain-floor')}
            explanation={t('evaluation.abstain-floor-text')}
            value={floor}
            defaultValue={start}
            scale={SCALE}
            percent
            onCommit={commit}
          />
          <Switch
            isSelected={withDistance}
            isDisabled={(suggested?.strangenessLimit ?? null) === null}
            onChange={(value) => {
              setAbstention({ withDistance: value });
            }}
          >
            {t('evaluation.abstain-distance')}
          </Switch>
          <p role="status" aria-label={t('evaluation.abstain-effect')}>
            {useEffectText(
              judged,
              floor,
              withDistance ? (suggested?.strangenessLimit ?? null) : null,
            )}
          </p>
        </div>
        <XyChart
          title={t('evaluation.coverage')}
          description={t('evaluation.coverage-text')}
          x={{
            label: t('evaluation.coverage-x'),
            from: 0,
            to: 1,
            ticks: TICKS,
            show: (value) => formats.percent(value),
          }}
          y={{
            label: t('evaluation.coverage-y'),
            from: 0,
            to: 1,
            ticks: TICKS,
            show: (value) => formats.percent(value),
          }}
          mark={effectOf(judged, floor, null).coverage}
          series={[
            {
              id: 'coverage',
              kind: 'line',
              tone: 'accent',
              points: judged.evaluation.abstention.curve.map(({ coverage, accuracy }) => ({
                x: coverage,
                y: accuracy ?? 0,
              })),
            },
          ]}
        >
          {t('evaluation.coverage')}
        </XyChart>
      </div>
    </section>
  );
}

/** In whole per cent, so that the slider stands exactly on it and still withholds the same answers. */
function roundedUp(share: number): number {
  return Math.min(SCALE.max, Math.ceil(share * 100) / 100);
}

export function effectOf(judged: Judged, floor: number, limit: number | null) {
  const { rows } = judged.evaluation;
  return coverageAt(
    rows.map((row) => (limit !== null && row.strangeness > limit ? -1 : row.confidence)),
    rows.map((row) => (row.truth === row.answer ? 1 : 0)),
    floor,
  );
}

function useEffectText(judged: Judged, floor: number, limit: number | null): string {
  const t = useTranslate();
  const formats = useFormats();
  const { answered, hits, accuracy } = effectOf(judged, floor, limit);
  const count = judged.evaluation.rows.length;
  if (accuracy === null) return t('evaluation.abstain-silent', { count });
  return t('evaluation.abstain-result', {
    answered,
    count,
    hits,
    accuracy: formats.percent(accuracy),
    all: formats.percent(judged.evaluation.scorecard.accuracy.value),
  });
}
