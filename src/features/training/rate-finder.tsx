/** The learning-rate range test: one press, a curve, a suggestion, and a press to take it. */
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { RateSweep } from '../../domain/learning-rate-range.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { trainingObstacle } from '../../state/selectors/training-obstacle.ts';
import { useApp } from '../../state/use-app.tsx';
import { RateChart } from '../../ui/charts/rate-chart.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import styles from './rate-finder.module.css';

export function RateFinder() {
  const t = useTranslate();
  const find = useApp((state) => state.findLearningRate);
  const isBusy = useApp(({ training: { status } }) =>
    ['preparing', 'running', 'paused'].includes(status),
  );
  const canTrain = useApp((state) => trainingObstacle(state) === null);
  const [sweep, setSweep] = useState<RateSweep | null>(null);
  const [status, setStatus] = useState<'idle' | 'working' | 'failed'>('idle');
  const abort = useRef<AbortController | null>(null);
  useEffect(() => () => abort.current?.abort(), []);

  async function search(): Promise<void> {
    abort.current?.abort();
    const mine = new AbortController();
    abort.current = mine;
    setStatus('working');
    try {
      const found = await find(mine.signal);
      if (mine.signal.aborted) return;
      setSweep(found);
      setStatus(found === null ? 'failed' : 'idle');
    } catch {
      if (!mine.signal.aborted) setStatus('failed');
    }
  }

  return (
    <div className={styles.finder}>
      <Button
        size="small"
        icon={Search}
        isDisabled={isBusy || !canTrain || status === 'working'}
        onPress={() => void search()}
      >
        {t('lab.rate.find')}
      </Button>
      <p role="status" aria-label={t('lab.rate.result-label')} className={styles.text}>
        {status === 'working' && t('lab.rate.working')}
        {status === 'failed' && t('lab.rate.failed')}
        {status === 'idle' && sweep !== null && <Result sweep={sweep} />}
      </p>
      {sweep !== null && status === 'idle' && <Curve sweep={sweep} />}
    </div>
  );
}

function Result({ sweep }: { readonly sweep: RateSweep }) {
  const t = useTranslate();
  const formats = useFormats();
  const { suggestion } = sweep;
  if (suggestion === null) return <>{t('lab.rate.none')}</>;
  return (
    <>
      {t('lab.rate.result', {
        rate: formats.significant(suggestion.rate, 2),
        steepest: formats.significant(suggestion.steepest, 2),
        lowest: formats.significant(suggestion.lowest, 2),
      })}
    </>
  );
}

function Curve({ sweep }: { readonly sweep: RateSweep }) {
  const t = useTranslate();
  const formats = useFormats();
  const setHyperparameter = useApp((state) => state.setHyperparameter);
  const current = useApp((state) => state.hyperparameters.learningRate);
  const { points, suggestion } = sweep;
  if (points.length === 0) return null;
  const rate = suggestion === null ? '' : formats.significant(suggestion.rate, 2);
  return (
    <>
      <RateChart
        points={points}
        label={t('lab.rate.chart')}
        axisLabel={t('lab.rate.axis')}
        marks={
          suggestion === null
            ? []
            : [
                { rate: suggestion.rate, label: rate, kind: 'suggestion' },
                { rate: suggestion.lowest, label: t('lab.rate.lowest'), kind: 'other' },
              ]
        }
      />
      {suggestion !== null && (
        <Button
          size="small"
          variant="primary"
          isDisabled={current === suggestion.rate}
          onPress={() => {
            setHyperparameter('learningRate', suggestion.rate);
          }}
        >
          {t(current === suggestion.rate ? 'lab.rate.used' : 'lab.rate.use', { rate })}
        </Button>
      )}
      <p className={styles.muted}>{t('lab.rate.source')}</p>
    </>
  );
}
