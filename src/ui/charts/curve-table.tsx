/** The numbers behind a chart, for those who read rather than look. */
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import styles from './curve-chart.module.css';
import type { CurvePoint } from './curve-series.ts';
import { thinRows } from './thin-rows.ts';

const MAX_ROWS = 200;

export interface CurveTableProps {
  readonly title: string;
  readonly points: readonly CurvePoint[];
  readonly bestEpoch: number | null;
  readonly stoppedEpoch: number | null;
  readonly formatValue: (value: number) => string;
}

export function CurveTable({
  title,
  points,
  bestEpoch,
  stoppedEpoch,
  formatValue,
}: CurveTableProps) {
  const t = useTranslate();
  const formats = useFormats();
  const notable = points.flatMap((point, i) =>
    point.epoch === bestEpoch || point.epoch === stoppedEpoch ? [i] : [],
  );
  const rows = thinRows(points.length, MAX_ROWS, notable).flatMap((i) => points[i] ?? []);
  const cell = (value: number | null): string =>
    value === null ? t('charts.none') : formatValue(value);
  return (
    <div className={styles.tableWrap} tabIndex={0} role="region" aria-label={title}>
      <table className={styles.table}>
        <caption>
          {t('charts.tableCaption', { title })}
          {rows.length < points.length
            ? ` ${t('charts.tableThinned', { shown: rows.length, total: points.length })}`
            : ''}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('charts.epoch')}</th>
            <th scope="col">{t('charts.training')}</th>
            <th scope="col">{t('charts.validation')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('charts.remark')}</span>
            </th>
          </tr>
        </thead>
        <tbody className="tabular">
          {rows.map((point) => (
            <tr key={point.epoch}>
              <th scope="row">{formats.number(point.epoch)}</th>
              <td>{cell(point.training)}</td>
              <td>{cell(point.validation)}</td>
              <td className={styles.remark}>
                {[
                  point.epoch === bestEpoch ? t('charts.cursorBest') : '',
                  point.epoch === stoppedEpoch ? t('charts.cursorStopped') : '',
                ]
                  .join(' ')
                  .trim()}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
