/** Confusion matrix of the epoch that is looked at. A cell with photos opens them under the table. */
import { X } from 'lucide-react';
import { useState } from 'react';
import { rowsOfCell, type EpochAnswers } from '../../domain/epoch-answers.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { ConfusionMatrix, type MatrixCell } from '../../ui/confusion-matrix.tsx';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import { AnsweredPhotos } from './answered-photos.tsx';
import styles from './epoch-matrix.module.css';
import type { EpochView } from './use-epoch-view.ts';

interface EpochMatrixProps {
  readonly view: EpochView;
  readonly answers: EpochAnswers;
}

export function EpochMatrix({ view, answers }: EpochMatrixProps) {
  const t = useTranslate();
  const [open, setOpen] = useState<MatrixCell | null>(null);
  return (
    <div className={styles.matrix}>
      <h4 className={styles.title}>{t('lab.matrix')}</h4>
      <ConfusionMatrix
        classes={view.classes}
        matrix={answers.matrix}
        open={open}
        onToggle={setOpen}
      />
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

interface CellPhotosProps extends EpochMatrixProps {
  readonly cell: MatrixCell;
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
