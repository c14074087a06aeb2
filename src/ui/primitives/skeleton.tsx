/** Stands where something is about to be, in its size, so that nothing jumps when it comes. */
import type { CSSProperties } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import styles from './skeleton.module.css';

export interface SkeletonProps {
  /** CSS lengths. */
  readonly width?: string;
  readonly height?: string;
  readonly shape?: 'line' | 'box' | 'circle';
}

export function Skeleton({ width = '100%', height, shape = 'line' }: SkeletonProps) {
  const t = useTranslate();
  const size: CSSProperties = { width, height: height ?? (shape === 'line' ? '1em' : width) };
  return (
    <span className={styles.skeleton} data-shape={shape} style={size}>
      <span className="visually-hidden">{t('common.loading')}</span>
    </span>
  );
}
