/** The map for those who read instead of look: what is selected, or everything, as a table. */
import { useState } from 'react';
import type { PhotoId } from '../../domain/photo.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { Button } from '../../ui/primitives/button.tsx';
import { Disclosure } from '../../ui/primitives/disclosure.tsx';
import type { MapPoint } from './map-points.ts';
import styles from './photo-map.module.css';

/** More rows at once would make the page slow. */
const ROWS_AT_ONCE = 100;

interface MapTableProps {
  readonly points: readonly MapPoint[];
  readonly selected: ReadonlySet<PhotoId>;
  readonly onGo: (id: PhotoId) => void;
}

export function MapTable(props: MapTableProps) {
  const t = useTranslate();
  return (
    <Disclosure title={t('explain.map-table')} size="small">
      <Rows {...props} />
    </Disclosure>
  );
}

function Rows({ points, selected, onGo }: MapTableProps) {
  const t = useTranslate();
  const [limit, setLimit] = useState(ROWS_AT_ONCE);
  const wanted = selected.size > 0 ? points.filter((point) => selected.has(point.id)) : points;
  const left = Math.min(ROWS_AT_ONCE, wanted.length - limit);
  return (
    <div className={styles.tableBox} role="region" aria-label={t('explain.map-table')} tabIndex={0}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('explain.map-table-photo')}</th>
            <th scope="col">{t('explain.map-table-class')}</th>
            <th scope="col">{t('explain.map-table-side')}</th>
            <th scope="col">{t('explain.map-table-answer')}</th>
          </tr>
        </thead>
        <tbody>
          {wanted.slice(0, limit).map((point) => (
            <tr key={point.id}>
              <th scope="row">
                <button
                  type="button"
                  className={styles.link}
                  aria-label={t('explain.map-table-go', { file: point.photo.name })}
                  onClick={() => onGo(point.id)}
                >
                  {point.photo.name}
                </button>
              </th>
              <td>{point.className}</td>
              <td>{t(`explain.map-side-${point.side}`)}</td>
              <td>
                {point.answer ?? ''}
                {point.isRight === false && ` × ${t('explain.map-legend-wrong')}`}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {left > 0 && (
        <Button size="small" onPress={() => setLimit(limit + ROWS_AT_ONCE)}>
          {t('explain.map-table-more', { n: left })}
        </Button>
      )}
    </div>
  );
}
