/**
 * Confusion matrix: rows are what photos show, columns what the model answered. Cells with photos are
 * buttons; arrow keys go from cell to cell, so that Tab passes the table in one step.
 */
import { useRef, useState, type CSSProperties, type KeyboardEvent } from 'react';
import type { ClassInfo } from '../domain/photo.ts';
import { useFormats, useTranslate } from '../i18n/use-translate.ts';
import styles from './confusion-matrix.module.css';
import { ClassDot } from './primitives/class-dot.tsx';

export interface MatrixCell {
  readonly truth: number;
  readonly answer: number;
}

export interface ConfusionMatrixProps {
  readonly classes: readonly ClassInfo[];
  /** Counts [classes × classes], row = true class. */
  readonly matrix: ArrayLike<number>;
  /** Shares of each row instead of counts. */
  readonly asShares?: boolean;
  readonly open: MatrixCell | null;
  readonly onToggle: (cell: MatrixCell | null) => void;
}

export function ConfusionMatrix(props: ConfusionMatrixProps) {
  const t = useTranslate();
  const table = useRef<HTMLTableElement>(null);
  const { classes } = props;
  const [at, setAt] = useState<MatrixCell>({ truth: 0, answer: 0 });
  const focus = (truth: number, answer: number): void => {
    const last = classes.length - 1;
    const next = {
      truth: Math.min(last, Math.max(0, truth)),
      answer: Math.min(last, Math.max(0, answer)),
    };
    setAt(next);
    const place = next.truth * classes.length + next.answer;
    table.current?.querySelectorAll('button')[place]?.focus();
  };
  const move = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    focus(at.truth + step[0], at.answer + step[1]);
  };
  return (
    <div className={styles.scroll}>
      <table ref={table} className={styles.table} onKeyDown={move}>
        <caption className={styles.caption}>
          <span className={styles.captionText}>{t('lab.matrix-caption')}</span>
        </caption>
        <thead>
          <tr>
            <td />
            {classes.map((info) => (
              <th key={info.id} scope="col" className={styles.column}>
                <ClassDot colorIndex={info.colorIndex} /> {info.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {classes.map((info, truth) => (
            <tr key={info.id}>
              <th scope="row" className={styles.row}>
                <ClassDot colorIndex={info.colorIndex} /> {info.name}
              </th>
              {classes.map((other, answer) => (
                <Cell
                  key={other.id}
                  {...props}
                  cell={{ truth, answer }}
                  isTabStop={at.truth === truth && at.answer === answer}
                  onFocus={() => {
                    setAt({ truth, answer });
                  }}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

interface CellProps extends ConfusionMatrixProps {
  readonly cell: MatrixCell;
  readonly isTabStop: boolean;
  readonly onFocus: () => void;
}

function Cell({ classes, matrix, asShares, open, onToggle, cell, isTabStop, onFocus }: CellProps) {
  const t = useTranslate();
  const formats = useFormats();
  const { truth, answer } = cell;
  const count = matrix[truth * classes.length + answer] ?? 0;
  let rowSum = 0;
  for (let k = 0; k < classes.length; k++) rowSum += matrix[truth * classes.length + k] ?? 0;
  const share = rowSum === 0 ? 0 : count / rowSum;
  const isOpen = open?.truth === truth && open.answer === answer;
  const names = { truth: classes[truth]?.name ?? '', answer: classes[answer]?.name ?? '' };
  return (
    <td
      className={styles.cell}
      data-right={truth === answer}
      style={{ '--share': share } as CSSProperties}
    >
      {/* Empty cells can be reached, or arrow keys would have to jump over them. */}
      <button
        type="button"
        className={styles.count}
        aria-expanded={isOpen}
        aria-label={t('lab.cell', { count, ...names })}
        aria-disabled={count === 0 && !isOpen}
        tabIndex={isTabStop ? 0 : -1}
        onFocus={onFocus}
        onClick={() => {
          if (count > 0 || isOpen) onToggle(isOpen ? null : cell);
        }}
      >
        {asShares === true && rowSum > 0 ? formats.percent(share) : count}
      </button>
    </td>
  );
}
