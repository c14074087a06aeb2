/** Wrong on which photos: the surest mistakes, the least sure answers, and every class as a gallery. */
import { useMemo, useState } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { SegmentedControl } from '../../ui/primitives/segmented-control.tsx';
import { Select } from '../../ui/primitives/select.tsx';
import styles from './evaluation-room.module.css';
import { useEvaluationSlots } from './evaluation-slots.tsx';
import { JobBar } from './job-bar.tsx';
import { JudgedPhotos } from './judged-photos.tsx';
import { useJudged, useJudgingChoice, type Judged } from './use-judged.ts';

const SHOWN = ['mistakes', 'unsure', 'class'] as const;
type Shown = (typeof SHOWN)[number];
const LEAST_SURE = 24;

export function MistakesTab() {
  const t = useTranslate();
  const { on } = useJudgingChoice();
  const judged = useJudged();
  const { Evidence } = useEvaluationSlots();
  return (
    <div className={styles.part}>
      <JobBar job={on} label={t(`evaluation.start-${on}`)} />
      {judged !== null && <Galleries judged={judged} />}
      {Evidence !== undefined && <Evidence />}
    </div>
  );
}

function Galleries({ judged }: { readonly judged: Judged }) {
  const t = useTranslate();
  const [shown, setShown] = useState<Shown>('mistakes');
  const [classIndex, setClassIndex] = useState('0');
  const rows = useMemo(
    () => chosenRows(judged, shown, Number(classIndex)),
    [judged, shown, classIndex],
  );
  const label = t(`evaluation.gallery-${shown}`, { n: rows.length });
  return (
    <div className={styles.block}>
      <div className={styles.row}>
        <SegmentedControl
          label={t('evaluation.gallery')}
          hideLabel
          value={shown}
          segments={SHOWN.map((value) => ({ value, label: t(`evaluation.show-${value}`) }))}
          onChange={setShown}
        />
        {shown === 'class' && (
          <Select
            label={t('evaluation.class')}
            hideLabel
            value={classIndex}
            options={judged.classes.map((info, index) => ({
              value: String(index),
              label: info.name,
            }))}
            onChange={setClassIndex}
          />
        )}
      </div>
      <p className={styles.muted}>{label}</p>
      <JudgedPhotos key={`${shown} ${classIndex}`} label={label} judged={judged} rows={rows} />
    </div>
  );
}

function chosenRows(judged: Judged, shown: Shown, classIndex: number) {
  const { rows } = judged.evaluation;
  const surestFirst = [...rows].sort((a, b) => b.confidence - a.confidence);
  if (shown === 'mistakes') return surestFirst.filter(({ truth, answer }) => truth !== answer);
  if (shown === 'unsure') return surestFirst.reverse().slice(0, LEAST_SURE);
  return surestFirst.filter(({ truth }) => truth === classIndex);
}
