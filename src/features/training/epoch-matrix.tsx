/** Confusion matrix of the epoch that is looked at. A cell with photos opens them under the table. */
import { X } from 'lucide-react';
import { useState, type CSSProperties } from 'react';
import { rowsOfCell, type EpochAnswers } from '../../domain/epoch-answers.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { ClassDot } from '../../ui/primitives/class-dot.tsx';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import { AnsweredPhotos } from './answered-photos.tsx';
import styles from './epoch-matrix.module.css';
import type { EpochView } from './use-epoch-view.ts';

interface EpochMatrixProps {
  readonly view: EpochView;
  readonly answers: EpochAnswers;
}

interface Cell {
  readonly truth: number;
  readonly answer: number;
}

export function EpochMatrix({ view, answers }: EpochMatrixProps) {
  const t = useTranslate();
  const [open, setOpen] = useState<Cell | null>(null);
  const { classes } = view;
  return (
    <div className={styles.matrix}>
      <h4 className={styles.title}>{t('lab.matrix')}</h4>
      <div className={styles.scroll}>
        <table className={styles.table}>
          <caption className={styles.caption}>{t('lab.matrix-caption')}</caption>
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
                  <MatrixCell
                    key={other.id}
                    view={view}
                    answers={answers}
                    cell={{ truth, answer }}
                    isOpen={open?.truth === truth && open.answer === answer}
                    onToggle={setOpen}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {open !== null && (
        <CellPhotos
          view={view}
          answers={answers}
          cell={open}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </div>
  );
}

interface MatrixCellProps extends EpochMatrixProps {
  readonly cell: Cell;
  readonly isOpen: boolean;
  readonly onToggle: (cell: Cell | null) => void;
}

function MatrixCell({ view, answers, cell, isOpen, onToggle }: MatrixCellProps) {
  const t = useTranslate();
  const { truth, answer } = cell;
  const { matrix, classCount } = answers;
  const count = matrix[truth * classCount + answer] ?? 0;
  const rowSum = matrix
    .subarray(truth * classCount, (truth + 1) * classCount)
    .reduce((sum, each) => sum + each, 0);
  return (
    <td
      className={styles.cell}
      data-right={truth === answer}
      style={{ '--share': rowSum === 0 ? 0 : count / rowSum } as CSSProperties}
    >
      <button
        type="button"
        className={styles.count}
        aria-expanded={isOpen}
        aria-label={t('lab.cell', {
          count,
          truth: view.classes[truth]?.name ?? '',
          answer: view.classes[answer]?.name ?? '',
        })}
        disabled={count === 0 && !isOpen}
        onClick={() => {
          onToggle(isOpen ? null : cell);
        }}
      >
        {count}
      </button>
    </td>
  );
}

interface CellPhotosProps extends EpochMatrixProps {
  readonly cell: Cell;
  readonly onClose: () => void;
}

function CellPhotos({ view, answers, cell, onClose }: CellPhotosProps) {
  const t = useTranslate();
  const rows = rowsOfCell(answers, cell.truth, cell.answer);
  const names = {
    truth: view.classes[cell.truth]?.name ?? '',
    answer: view.classes[cell.answer]?.name ?? '',
  };
  const title =
    rows.length === 0
      ? t('lab.cell-empty', names)
      : t('lab.cell-photos', { ...names, count: rows.length });
  return (
    <div className={styles.photos}>
      <div className={styles.photosHead}>
        <p className={styles.caption}>{title}</p>
        <IconButton size="small" label={t('lab.close-cell')} icon={X} onPress={onClose} />
      </div>
      <AnsweredPhotos label={title} view={view} answers={answers} rows={rows} />
    </div>
  );
}
