/** Which colour is which class, and what the signs mean; only what is on the map. */
import { useMemo, type ReactNode } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { ClassDot } from '../../ui/primitives/class-dot.tsx';
import type { MapPoint } from './map-points.ts';
import styles from './photo-map.module.css';

const SIGNS = { train: '●', validation: '○', test: '◇' } as const;

export function MapLegend({ points }: { readonly points: readonly MapPoint[] }) {
  const t = useTranslate();
  const classes = useApp((state) => state.classes);
  const found = useMemo(
    () => ({
      colours: new Set(points.map((point) => point.photo.classId)),
      sides: new Set(points.map((point) => point.side)),
      isAnyWrong: points.some((point) => point.isRight === false),
    }),
    [points],
  );
  return (
    <ul aria-label={t('explain.map-legend')} className={styles.legend}>
      {classes
        .filter((info) => found.colours.has(info.id))
        .map((info) => (
          <li key={info.id}>
            <ClassDot colorIndex={info.colorIndex} /> {info.name}
          </li>
        ))}
      {(['train', 'validation', 'test'] as const)
        .filter((side) => found.sides.has(side))
        .map((side) => (
          <li key={side}>
            <Sign>{SIGNS[side]}</Sign> {t(`explain.map-legend-${side}`)}
          </li>
        ))}
      {found.isAnyWrong && (
        <li>
          <Sign>×</Sign> {t('explain.map-legend-wrong')}
        </li>
      )}
    </ul>
  );
}

function Sign({ children }: { readonly children: ReactNode }) {
  return (
    <span aria-hidden className={styles.sign}>
      {children}
    </span>
  );
}
