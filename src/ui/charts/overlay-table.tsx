/** The numbers behind a chart of several runs. */
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import chartStyles from './curve-chart.module.css';
import {
  pointAt,
  readablePoints,
  sidesOf,
  type OverlayCurve,
  type OverlaySide,
} from './overlay-geometry.ts';
import { thinRows } from './thin-rows.ts';

/** With five runs of two sides each this many rows are 2,000 cells. */
const MAX_ROWS = 150;

export interface OverlayTableProps {
  readonly title: string;
  readonly curves: readonly OverlayCurve[];
  readonly side: OverlaySide;
  readonly formatValue: (value: number) => string;
}

export function OverlayTable({ title, curves, side, formatValue }: OverlayTableProps) {
  const t = useTranslate();
  const formats = useFormats();
  const points = readablePoints(curves);
  const rows = thinRows(points.length, MAX_ROWS).flatMap((i) => points[i] ?? []);
  const columns = curves.flatMap((curve) => sidesOf(side).map((each) => ({ curve, each })));
  return (
    <div className={chartStyles.tableWrap} tabIndex={0} role="region" aria-label={title}>
      <table className={chartStyles.table}>
        <caption>
          {t('charts.tableCaption', { title })}
          {rows.length < points.length
            ? ` ${t('charts.tableThinned', { shown: rows.length, total: points.length })}`
            : ''}
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('charts.epoch')}</th>
            {columns.map(({ curve: { id, letter, name }, each }) => (
              <th key={`${id} ${each}`} scope="col">
                {t(`runs.chart-column-${each}`, { letter, name })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="tabular">
          {rows.map(({ epoch }) => (
            <tr key={epoch}>
              <th scope="row">{formats.number(epoch)}</th>
              {columns.map(({ curve, each }) => {
                const value = pointAt(curve, epoch)?.[each] ?? null;
                return (
                  <td key={`${curve.id} ${each}`}>
                    {value === null ? t('charts.none') : formatValue(value)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
