/** One run in the table. */
import { Pin } from 'lucide-react';
import { memo } from 'react';
import { wilsonInterval } from '../../domain/classification-metrics.ts';
import type { HyperparameterKey } from '../../domain/hyperparameter-specs.ts';
import type { RunSummary } from '../../domain/run-summary.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { MAX_CHOSEN_RUNS } from '../../state/runs-state.ts';
import { useApp } from '../../state/use-app.tsx';
import { overlayLetter } from '../../ui/charts/overlay-geometry.ts';
import { OverlaySample } from '../../ui/charts/overlay-sample.tsx';
import { InlineEdit } from '../../ui/primitives/inline-edit.tsx';
import { ToggleButton } from '../../ui/primitives/toggle-button.tsx';
import { RunActions } from './run-actions.tsx';
import styles from './runs-table.module.css';
import { SettingsCell } from './settings-cell.tsx';
import type { TellOutcome } from './use-outcome.ts';
import { useRunShelf } from './use-run-shelf.ts';

export interface RunRowProps {
  readonly run: RunSummary;
  /** The one made before it. */
  readonly before: RunSummary | null;
  /** Settings that are not the same in all runs of the table. */
  readonly varying: readonly HyperparameterKey[];
  readonly tell: TellOutcome;
}

export const RunRow = memo(function RunRow({ run, before, varying, tell }: RunRowProps) {
  const t = useTranslate();
  const formats = useFormats();
  const isOnScreen = useApp((state) => state.currentRun?.id === run.id);
  const slot = useApp((state) => state.runs.chosen.indexOf(run.id));
  const loss = run.best?.validationLoss ?? null;
  const labels = {
    when: t('runs.column.when'),
    best: t('runs.column.best'),
    accuracy: t('runs.column.accuracy'),
    loss: t('runs.column.loss'),
    duration: t('runs.column.duration'),
    backend: t('runs.column.backend'),
  };
  return (
    <tr role="row" className={styles.row} data-chosen={slot >= 0} aria-current={isOnScreen}>
      <td role="cell" data-column="choose">
        <Choose run={run} slot={slot} />
      </td>
      <th role="rowheader" scope="row" data-column="name">
        <Name run={run} isOnScreen={isOnScreen} />
      </th>
      <td role="cell" data-column="when" data-label={labels.when}>
        <span className="tabular">{t('runs.when-value', { at: run.startedAt })}</span>
      </td>
      <td role="cell" data-column="settings">
        <SettingsCell run={run} before={before} varying={varying} />
      </td>
      <td role="cell" data-column="best" data-label={labels.best} className="tabular">
        {t('runs.best-of', { best: run.bestEpoch, epochs: run.epochs })}
      </td>
      <td role="cell" data-column="accuracy" data-label={labels.accuracy} className="tabular">
        <Accuracy run={run} />
      </td>
      <td role="cell" data-column="loss" data-label={labels.loss} className="tabular">
        {loss === null ? t('runs.none') : formats.significant(loss, 3)}
      </td>
      <td role="cell" data-column="duration" data-label={labels.duration} className="tabular">
        {formats.duration(run.elapsedMs)}
      </td>
      <td role="cell" data-column="backend" data-label={labels.backend}>
        {t(`backends.name.${run.backend}`)}
      </td>
      <td role="cell" data-column="actions">
        <span className={styles.actions}>
          <PinButton run={run} />
          <RunActions run={run} tell={tell} />
        </span>
      </td>
    </tr>
  );
});

function Choose({ run, slot }: { run: RunSummary; slot: number }) {
  const t = useTranslate();
  const withShelf = useRunShelf();
  const isFull = useApp((state) => state.runs.chosen.length >= MAX_CHOSEN_RUNS);
  return (
    <label className={styles.choose}>
      <input
        type="checkbox"
        checked={slot >= 0}
        disabled={slot < 0 && isFull}
        aria-label={t('runs.choose', { name: run.name })}
        onChange={(event) => {
          const { checked } = event.currentTarget;
          withShelf((shelf) => {
            shelf.choose(run.id, checked);
          });
        }}
      />
      {slot >= 0 && (
        <span className={styles.swatch} aria-hidden>
          <strong>{overlayLetter(slot)}</strong>
          <OverlaySample slot={slot} />
        </span>
      )}
    </label>
  );
}

function Name({ run, isOnScreen }: { run: RunSummary; isOnScreen: boolean }) {
  const t = useTranslate();
  const withShelf = useRunShelf();
  return (
    <span className={styles.name}>
      <InlineEdit
        label={t('runs.name', { name: run.name })}
        value={run.name}
        onCommit={(name) => {
          if (name === '') return t('runs.name-empty');
          withShelf((shelf) => shelf.rename(run.id, name));
          return null;
        }}
      />
      {isOnScreen && <span className={styles.badge}>{t('runs.on-screen')}</span>}
      {run.repeats !== undefined && (
        <span className={styles.small}>
          {t(run.repeats.identical ? 'runs.repeat-of-identical' : 'runs.repeat-of-apart', {
            name: run.repeats.name,
          })}
        </span>
      )}
    </span>
  );
}

/** With the interval that so few photos allow: two runs whose intervals overlap may be equally good. */
function Accuracy({ run }: { run: RunSummary }) {
  const t = useTranslate();
  const formats = useFormats();
  const share = run.best?.validationAccuracy ?? null;
  const n = run.validationCount;
  if (share === null || n === 0) return t('runs.none');
  const { low, high } = wilsonInterval(Math.round(share * n), n);
  return (
    <span className={styles.accuracy}>
      {formats.percent(share, 1)}
      <span className={styles.small}>
        {t('runs.interval', { low: formats.percent(low), high: formats.percent(high), n })}
      </span>
    </span>
  );
}

function PinButton({ run }: { run: RunSummary }) {
  const t = useTranslate();
  const withShelf = useRunShelf();
  return (
    <ToggleButton
      label={t('runs.pin', { name: run.name })}
      icon={Pin}
      iconOnly
      isSelected={run.pinned}
      onChange={(isPinned) => {
        withShelf((shelf) => shelf.pin(run.id, isPinned));
      }}
    />
  );
}
