/** The data set on one card: how many, how balanced, how large, where from. */
import { useMemo } from 'react';
import { summariseDataset, type DatasetSummary } from '../../../domain/dataset-summary.ts';
import { useFormats, useTranslate } from '../../../i18n/use-translate.ts';
import { useApp } from '../../../state/use-app.tsx';
import { ClassDot } from '../../../ui/primitives/class-dot.tsx';
import { Disclosure } from '../../../ui/primitives/disclosure.tsx';
import styles from './findings.module.css';

export function DataSummary() {
  const t = useTranslate();
  return (
    <Disclosure title={t('findings.summary')} size="small">
      <Opened />
    </Disclosure>
  );
}

function Opened() {
  const t = useTranslate();
  const formats = useFormats();
  const photos = useApp((state) => state.photos);
  const classes = useApp((state) => state.classes);
  const summary = useMemo(() => summariseDataset(classes, photos.values()), [classes, photos]);
  const { balance, sizes } = summary;
  return (
    <div className={styles.summary}>
      <p>
        {t('findings.summary-photos', { photos: summary.photos, groups: summary.groups })}{' '}
        {balance === null
          ? null
          : t('findings.summary-balance', { percent: formats.percent(balance) })}
      </p>
      <ClassTable summary={summary} />
      {sizes === null ? null : (
        <p>
          {t('findings.summary-sizes', {
            minWidth: sizes.smallest.width,
            minHeight: sizes.smallest.height,
            maxWidth: sizes.largest.width,
            maxHeight: sizes.largest.height,
            median: sizes.medianLongestSide,
          })}{' '}
          {t('findings.summary-square', { percent: formats.percent(sizes.notSquare) })}
        </p>
      )}
      <ul aria-label={t('findings.summary-origins')} className={styles.origins}>
        {summary.origins.map(({ kind, photos: n }) => (
          <li key={kind}>
            {t('findings.summary-origin', { n, origin: t(`browse.origin-${kind}`) })}
          </li>
        ))}
      </ul>
    </div>
  );
}

function ClassTable({ summary }: { readonly summary: DatasetSummary }) {
  const t = useTranslate();
  const formats = useFormats();
  const classes = useApp((state) => state.classes);
  const hasTest = summary.sides.test > 0;
  const heads = [
    'findings.summary-class',
    'findings.summary-all',
    'findings.summary-different',
    'browse.side-train',
    'browse.side-validation',
    ...(hasTest ? (['browse.side-test'] as const) : []),
  ] as const;
  return (
    <div className={styles.tableBox} tabIndex={0} role="group" aria-label={t('findings.summary')}>
      <table className={styles.table}>
        <thead>
          <tr>
            {heads.map((head) => (
              <th key={head} scope="col">
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {summary.classes.map((row) => {
            const info = classes.find((each) => each.id === row.classId);
            const { train, validation, test } = row.sides;
            const numbers = [row.photos, row.groups, train, validation, ...(hasTest ? [test] : [])];
            return (
              <tr key={row.classId}>
                <th scope="row">
                  <ClassDot colorIndex={info?.colorIndex ?? 0} /> {info?.name}
                </th>
                {numbers.map((n, i) => (
                  <td key={heads[i + 1]}>{formats.number(n)}</td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
