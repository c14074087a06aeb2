/** Class probabilities as bars in class colours, the most likely one emphasised. */
import type { CSSProperties } from 'react';
import type { ClassInfo } from '../../domain/photo.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { classColor } from '../tokens/class-color.ts';
import { classNames } from './class-names.ts';
import { orderProbabilities } from './order-probabilities.ts';
import styles from './probability-bars.module.css';

export interface ProbabilityBarsProps {
  readonly classes: readonly ClassInfo[];
  /** One per class, in the same order, each in [0, 1]. */
  readonly probabilities: readonly number[];
  /** `class`: rows stay where they are (camera); `sorted`: the most likely first (single photo). */
  readonly order?: 'class' | 'sorted';
  /** At most so many rows; the rest is left out. */
  readonly limit?: number;
  /** Fades the numbers while a newer answer is under way. */
  readonly isStale?: boolean;
}

export function ProbabilityBars({
  classes,
  probabilities,
  order = 'class',
  limit = Infinity,
  isStale = false,
}: ProbabilityBarsProps) {
  const t = useTranslate();
  const formats = useFormats();
  const rows = orderProbabilities(classes, probabilities, order, limit);
  return (
    <ul
      role="list"
      aria-label={t('common.probability.label')}
      className={classNames(styles.bars, isStale && styles.stale)}
    >
      {rows.map(({ info, probability, isTop }) => {
        const percent = formats.probability(probability);
        return (
          <li
            key={info.id}
            data-class-name={info.name}
            className={classNames(styles.row, isTop && styles.top)}
          >
            <span className={styles.name}>{info.name}</span>
            <span className={classNames(styles.percent, 'tabular')}>{percent}</span>
            <span
              role="meter"
              aria-label={info.name}
              aria-valuemin={0}
              aria-valuemax={100}
              aria-valuenow={Math.round(probability * 100)}
              aria-valuetext={t('common.probability.item', { name: info.name, percent })}
              className={styles.track}
            >
              <span
                className={styles.fill}
                style={
                  { '--share': probability, '--bar': classColor(info.colorIndex) } as CSSProperties
                }
              />
            </span>
          </li>
        );
      })}
    </ul>
  );
}
