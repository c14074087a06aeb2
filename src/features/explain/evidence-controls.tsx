/** Whose evidence, how strong, what the colours mean, and what it says in words. */
import type { CSSProperties } from 'react';
import type { ClassInfo } from '../../domain/photo.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import type { Look } from '../../state/services/close-look.ts';
import { useApp } from '../../state/use-app.tsx';
import { Disclosure } from '../../ui/primitives/disclosure.tsx';
import { SegmentedControl } from '../../ui/primitives/segmented-control.tsx';
import { Select } from '../../ui/primitives/select.tsx';
import { evidenceSum, evidenceView, wantedClass, type EvidenceView } from './evidence-view.ts';
import styles from './explain.module.css';
import { StrengthSlider } from './strength-slider.tsx';

interface EvidenceControlsProps {
  readonly look: Look;
  readonly classes: readonly ClassInfo[];
  readonly isMirrored?: boolean;
}

export function EvidenceControls({ look, classes, isMirrored = false }: EvidenceControlsProps) {
  const t = useTranslate();
  const why = useApp((state) => state.why);
  const setWhy = useApp((state) => state.setWhy);
  const view = evidenceView(look, classes, why, isMirrored);
  const hasBoth = look.occlusion !== null && look.evidence !== null;
  return (
    <>
      {look.evidence === null && <p className={styles.note}>{t('explain.unsupported')}</p>}
      {hasBoth && (
        <SegmentedControl
          label={t('explain.layer')}
          hideLabel
          value={why.layer}
          onChange={(layer) => setWhy({ layer })}
          segments={[
            { value: 'evidence', label: t('explain.layer-evidence') },
            { value: 'hiding', label: t('explain.layer-hiding') },
          ]}
        />
      )}
      {view !== null && (
        <>
          {view.layer === 'evidence' && <ClassChoice look={look} classes={classes} />}
          <Legend view={view} />
          <StrengthSlider />
          {view.layer === 'evidence' && <EvidenceWords look={look} classes={classes} view={view} />}
        </>
      )}
    </>
  );
}

const ANSWER = '';

function ClassChoice({ look, classes }: { look: Look; classes: readonly ClassInfo[] }) {
  const t = useTranslate();
  const classId = useApp((state) => state.why.classId);
  const setWhy = useApp((state) => state.setWhy);
  const answer = classes[wantedClass(look, classes, null)]?.name ?? '';
  const isKnown = classes.some((info) => info.id === classId);
  return (
    <Select
      label={t('explain.class')}
      value={isKnown ? (classId ?? ANSWER) : ANSWER}
      options={[
        { value: ANSWER, label: t('explain.class-answer', { name: answer }) },
        ...classes.map((info) => ({ value: info.id, label: info.name })),
      ]}
      onChange={(id) => setWhy({ classId: id === ANSWER ? null : id })}
    />
  );
}

function Legend({ view }: { view: EvidenceView }) {
  const t = useTranslate();
  const strength = useApp((state) => state.why.strength);
  const { name } = view.shownClass;
  const isHiding = view.layer === 'hiding';
  return (
    <figure aria-label={t('explain.legend')} className={styles.legend}>
      <div className={styles.scale} style={{ '--strength': strength } as CSSProperties} />
      <div className={styles.ends}>
        <span>
          {t(isHiding ? 'explain.legend-hiding-contra' : 'explain.legend-contra', { name })}
        </span>
        <span>{t(isHiding ? 'explain.legend-hiding-pro' : 'explain.legend-pro', { name })}</span>
      </div>
      <figcaption className={styles.note}>
        {t(isHiding ? 'explain.legend-line-hiding' : 'explain.legend-line')}
      </figcaption>
    </figure>
  );
}

interface EvidenceWordsProps {
  readonly look: Look;
  readonly classes: readonly ClassInfo[];
  readonly view: EvidenceView;
}

function EvidenceWords({ look, classes, view }: EvidenceWordsProps) {
  const t = useTranslate();
  const formats = useFormats();
  const { name, id } = view.shownClass;
  const parts = evidenceSum(
    look,
    classes.findIndex((info) => info.id === id),
  );
  return (
    <div className={styles.words}>
      <p className={styles.sentence}>
        {view.place === null
          ? t('explain.sentence-none', { name })
          : t('explain.sentence', { name, place: t(`explain.place-${view.place}`) })}
      </p>
      <Disclosure title={t('explain.how-title')} size="small">
        <div className={styles.how}>
          {parts !== null && (
            <p className="tabular">
              {t('explain.sum', {
                sum: formats.number(parts.sum, 2),
                bias: formats.number(parts.bias, 2),
                logit: formats.number(parts.logit, 2),
              })}
            </p>
          )}
          <p>{t('explain.how-grid', { rows: view.map.rows, columns: view.map.columns })}</p>
          <p>{t(look.head.hiddenUnits > 0 ? 'explain.how-hidden' : 'explain.how-linear')}</p>
          <p>{t('explain.how-limits')}</p>
        </div>
      </Disclosure>
    </div>
  );
}
