/** The chosen runs laid over each other, whether they can be compared at all, and what differs. */
import { X } from 'lucide-react';
import { useRef, useState } from 'react';
import { dataWarnings } from '../../domain/run-difference.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { OverlayChart } from '../../ui/charts/overlay-chart.tsx';
import type { OverlaySide } from '../../ui/charts/overlay-geometry.ts';
import { Button } from '../../ui/primitives/button.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import { SegmentedControl } from '../../ui/primitives/segmented-control.tsx';
import { DifferenceTable } from './difference-table.tsx';
import { OverlayExport } from './overlay-export.tsx';
import styles from './runs-room.module.css';
import { useChosenRuns, type ChosenRuns } from './use-chosen-runs.ts';
import type { TellOutcome } from './use-outcome.ts';
import { useRunShelf } from './use-run-shelf.ts';

type Metric = 'loss' | 'accuracy';
type Scale = 'linear' | 'log';

export function Overlay({ tell }: { tell: TellOutcome }) {
  const t = useTranslate();
  const withShelf = useRunShelf();
  const chosen = useChosenRuns();
  if (chosen.summaries.length === 0) return null;
  return (
    <section aria-label={t('runs.compare')} className={styles.compare}>
      <header className={styles.header}>
        <h3 className={styles.subtitle}>{t('runs.compare')}</h3>
        <Button
          size="small"
          variant="quiet"
          icon={X}
          onPress={() => {
            withShelf((shelf) => {
              for (const { id } of chosen.summaries) shelf.choose(id, false);
            });
          }}
        >
          {t('runs.clear-choice')}
        </Button>
      </header>
      {chosen.gone > 0 && (
        <Notice tone="warning">{t('runs.compare-gone', { n: chosen.gone })}</Notice>
      )}
      <Warnings chosen={chosen} />
      <Chart chosen={chosen} tell={tell} />
      <DifferenceTable runs={chosen.summaries} />
    </section>
  );
}

function Warnings({ chosen: { summaries } }: { chosen: ChosenRuns }) {
  const t = useTranslate();
  const reasons = dataWarnings(summaries);
  if (reasons.length === 0) return null;
  return (
    <div role="alert">
      <Notice tone="warning">
        <div className={styles.sentences}>
          <p>
            <strong>{t('runs.warning')}</strong>
          </p>
          {reasons.map((reason) => (
            <p key={reason}>{t(`runs.warning.${reason}`)}</p>
          ))}
        </div>
      </Notice>
    </div>
  );
}

function Chart({ chosen: { curves }, tell }: { chosen: ChosenRuns; tell: TellOutcome }) {
  const t = useTranslate();
  const [metric, setMetric] = useState<Metric>('loss');
  const [side, setSide] = useState<OverlaySide>('validation');
  const [scale, setScale] = useState<Scale>('linear');
  const drawing = useRef<SVGSVGElement>(null);
  const projectName = useApp((state) => state.projectName);
  return (
    <>
      <div className={styles.controls}>
        <SegmentedControl
          label={t('runs.metric')}
          value={metric}
          segments={[
            { value: 'loss', label: t('runs.metric-loss') },
            { value: 'accuracy', label: t('runs.metric-accuracy') },
          ]}
          onChange={setMetric}
        />
        <SegmentedControl
          label={t('runs.side')}
          value={side}
          segments={[
            { value: 'validation', label: t('runs.side-validation') },
            { value: 'training', label: t('runs.side-training') },
            { value: 'both', label: t('runs.side-both') },
          ]}
          onChange={setSide}
        />
        {metric === 'loss' && (
          <SegmentedControl
            label={t('runs.scale')}
            value={scale}
            segments={[
              { value: 'linear', label: t('runs.scale-linear') },
              { value: 'log', label: t('runs.scale-log') },
            ]}
            onChange={setScale}
          />
        )}
        <OverlayExport drawing={drawing} curves={curves} name={projectName} tell={tell} />
      </div>
      <OverlayChart
        title={t(metric === 'loss' ? 'runs.chart-loss' : 'runs.chart-accuracy')}
        metric={metric}
        side={side}
        scale={scale}
        runs={curves}
        svgRef={drawing}
      />
      {side === 'both' && <p className={styles.muted}>{t('runs.thin-is-training')}</p>}
    </>
  );
}
