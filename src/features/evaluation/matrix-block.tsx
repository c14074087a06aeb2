/** The confusion matrix; a cell opens exactly its photos. */
import { X } from 'lucide-react';
import { useState } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { ConfusionMatrix, type MatrixCell } from '../../ui/confusion-matrix.tsx';
import { IconButton } from '../../ui/primitives/icon-button.tsx';
import { SegmentedControl } from '../../ui/primitives/segmented-control.tsx';
import styles from './evaluation-room.module.css';
import { JudgedPhotos } from './judged-photos.tsx';
import type { Judged } from './use-judged.ts';

export function MatrixBlock({ judged }: { readonly judged: Judged }) {
  const t = useTranslate();
  const [show, setShow] = useState<'counts' | 'shares'>('counts');
  const [open, setOpen] = useState<MatrixCell | null>(null);
  return (
    <section className={styles.block} aria-label={t('lab.matrix')}>
      <div className={styles.head}>
        <h3 className={styles.subtitle}>{t('lab.matrix')}</h3>
        <SegmentedControl
          label={t('evaluation.matrix-show')}
          hideLabel
          value={show}
          segments={(['counts', 'shares'] as const).map((value) => ({
            value,
            label: t(`evaluation.matrix-${value}`),
          }))}
          onChange={setShow}
        />
      </div>
      <ConfusionMatrix
        classes={judged.classes}
        matrix={judged.evaluation.scorecard.matrix}
        asShares={show === 'shares'}
        open={open}
        onToggle={setOpen}
      />
      {open !== null && (
        <CellPhotos
          judged={judged}
          cell={open}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </section>
  );
}

interface CellPhotosProps {
  readonly judged: Judged;
  readonly cell: MatrixCell;
  readonly onClose: () => void;
}

function CellPhotos({ judged, cell, onClose }: CellPhotosProps) {
  const t = useTranslate();
  const rows = judged.evaluation.rows
    .filter(({ truth, answer }) => truth === cell.truth && answer === cell.answer)
    .sort((a, b) => b.confidence - a.confidence);
  const title = t('lab.cell-photos', {
    truth: judged.classes[cell.truth]?.name ?? '',
    answer: judged.classes[cell.answer]?.name ?? '',
    count: rows.length,
  });
  return (
    <div className={styles.block}>
      <div className={styles.head}>
        <p className={styles.muted}>{title}</p>
        <IconButton size="small" label={t('lab.close-cell')} icon={X} onPress={onClose} />
      </div>
      <JudgedPhotos label={title} judged={judged} rows={rows} />
    </div>
  );
}
