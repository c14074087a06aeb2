/**
 * Every run in one table. Roles are written out: on a phone its rows are drawn as cards, and some
 * browsers take such a table for plain text.
 */
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useMemo, useState } from 'react';
import { varyingSettings } from '../../domain/run-difference.ts';
import type { RunSummary } from '../../domain/run-summary.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { Button } from '../../ui/primitives/button.tsx';
import { Select } from '../../ui/primitives/select.tsx';
import { ToggleButton } from '../../ui/primitives/toggle-button.tsx';
import { RunRow } from './run-row.tsx';
import { nextOrder, NEWEST_FIRST, SORT_KEYS, sortRuns, type SortKey } from './run-order.ts';
import styles from './runs-table.module.css';
import type { TellOutcome } from './use-outcome.ts';

/** Pinned runs can be many; a table of hundreds would be slow to draw. */
const ROWS_AT_FIRST = 40;

const COLUMNS: readonly (SortKey | 'choose' | 'settings' | 'actions')[] = [
  'choose',
  'name',
  'when',
  'settings',
  'best',
  'accuracy',
  'loss',
  'duration',
  'backend',
  'actions',
];

function isSortKey(column: (typeof COLUMNS)[number]): column is SortKey {
  return (SORT_KEYS as readonly string[]).includes(column);
}

export function RunsTable({ runs, tell }: { runs: readonly RunSummary[]; tell: TellOutcome }) {
  const t = useTranslate();
  const [order, setOrder] = useState(NEWEST_FIRST);
  const [limit, setLimit] = useState(ROWS_AT_FIRST);
  const sorted = useMemo(() => sortRuns(runs, order), [runs, order]);
  const varying = useMemo(() => varyingSettings(runs), [runs]);
  const earlier = useMemo(
    () => new Map(runs.map((run, i) => [run.id, runs[i - 1] ?? null])),
    [runs],
  );
  const label = (key: SortKey): string => t(`runs.column.${key}` satisfies MessageKey);

  return (
    <>
      <div className={styles.sortBar}>
        <Select
          label={t('runs.sort')}
          value={order.key}
          options={SORT_KEYS.map((value) => ({ value, label: label(value) }))}
          onChange={(key) => {
            if (key !== order.key) setOrder(nextOrder(order, key));
          }}
        />
        <ToggleButton
          label={t('runs.descending')}
          icon={order.descending ? ArrowDown : ArrowUp}
          iconOnly
          isSelected={order.descending}
          onChange={() => {
            setOrder(nextOrder(order, order.key));
          }}
        />
      </div>
      <div className={styles.scroller}>
        <table role="table" aria-label={t('runs.table')} className={styles.table}>
          <thead role="rowgroup">
            <tr role="row">
              {COLUMNS.map((column) =>
                isSortKey(column) ? (
                  <th
                    key={column}
                    role="columnheader"
                    data-column={column}
                    aria-sort={
                      order.key !== column ? 'none' : order.descending ? 'descending' : 'ascending'
                    }
                  >
                    <button
                      type="button"
                      className={styles.sort}
                      onClick={() => {
                        setOrder(nextOrder(order, column));
                      }}
                    >
                      {label(column)}
                      {order.key === column &&
                        (order.descending ? (
                          <ArrowDown aria-hidden size={14} />
                        ) : (
                          <ArrowUp aria-hidden size={14} />
                        ))}
                    </button>
                  </th>
                ) : (
                  <th key={column} role="columnheader" data-column={column}>
                    <span className={column === 'settings' ? undefined : 'visually-hidden'}>
                      {t(`runs.column.${column}`)}
                    </span>
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody role="rowgroup">
            {sorted.slice(0, limit).map((run) => (
              <RunRow
                key={run.id}
                run={run}
                before={earlier.get(run.id) ?? null}
                varying={varying}
                tell={tell}
              />
            ))}
          </tbody>
        </table>
      </div>
      {sorted.length > limit && (
        <Button
          variant="quiet"
          onPress={() => {
            setLimit(Infinity);
          }}
        >
          {t('runs.show-more', { n: sorted.length - limit })}
        </Button>
      )}
    </>
  );
}
