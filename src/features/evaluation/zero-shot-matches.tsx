/** Which of the backbone's own classes stand for the person's: seen, and corrected. */
import { useDeferredValue, useId, useState } from 'react';
import type { ClassInfo } from '../../domain/photo.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { ClassDot } from '../../ui/primitives/class-dot.tsx';
import { Disclosure } from '../../ui/primitives/disclosure.tsx';
import { TextField } from '../../ui/primitives/text-field.tsx';
import roomStyles from './evaluation-room.module.css';
import type { Judged } from './use-judged.ts';
import styles from './zero-shot-matches.module.css';

export function ZeroShotMatches({ judged }: { readonly judged: Judged }) {
  const t = useTranslate();
  const { labels, matches, chosen } = useApp((state) => state.zeroShot);
  const matchZeroShot = useApp((state) => state.matchZeroShot);
  const [editing, setEditing] = useState<string | null>(null);
  const { zeroShotAbsence: absence, classes } = judged;
  const reason =
    absence === null ? null : t(`evaluation.zero-shot-${absence}`, { n: labels.length });
  const canMatch = labels.length > 0 && (absence === null || absence === 'no-match');
  if (!canMatch) return reason === null ? null : <p className={roomStyles.muted}>{reason}</p>;
  const unmatched = classes.filter(({ id }) => (matches[id] ?? []).length === 0);
  return (
    <>
      {reason !== null && <p className={roomStyles.muted}>{reason}</p>}
      <Disclosure
        size="small"
        title={t('evaluation.zero-shot-matches')}
        aside={t('evaluation.zero-shot-matched', {
          matched: classes.length - unmatched.length,
          n: classes.length,
        })}
      >
        <div className={roomStyles.block}>
          <p className={roomStyles.muted}>{t('evaluation.zero-shot-text', { n: labels.length })}</p>
          <ul role="list" className={styles.list} aria-label={t('evaluation.zero-shot-matches')}>
            {classes.map((info) => (
              <li key={info.id} className={styles.item}>
                <Match
                  info={info}
                  labels={labels}
                  members={matches[info.id] ?? []}
                  isEdited={editing === info.id}
                  onEdit={() => {
                    setEditing(editing === info.id ? null : info.id);
                  }}
                />
                {editing === info.id && (
                  <Chooser
                    info={info}
                    labels={labels}
                    members={matches[info.id] ?? []}
                    isOwn={chosen[info.id] !== undefined}
                    onChange={(next) => void matchZeroShot(info.id, next)}
                  />
                )}
              </li>
            ))}
          </ul>
          {absence === null && unmatched.length > 0 && (
            <p className={roomStyles.muted}>
              {t('evaluation.zero-shot-unmatched', {
                names: unmatched.map(({ name }) => name).join(', '),
                n: unmatched.length,
              })}
            </p>
          )}
        </div>
      </Disclosure>
    </>
  );
}

const MOST_NAMED = 4;

/** The first of the synonyms is the usual name. */
function shortName(label: string): string {
  return label.split(',')[0] ?? label;
}

interface MatchProps {
  readonly info: ClassInfo;
  readonly labels: readonly string[];
  readonly members: readonly number[];
  readonly isEdited: boolean;
  readonly onEdit: () => void;
}

function Match({ info, labels, members, isEdited, onEdit }: MatchProps) {
  const t = useTranslate();
  const named = members.slice(0, MOST_NAMED).map((index) => shortName(labels[index] ?? ''));
  const rest = members.length - named.length;
  const more = rest > 0 ? ` ${t('evaluation.zero-shot-more', { n: rest })}` : '';
  return (
    <div className={styles.match}>
      <span className={styles.name}>
        <ClassDot colorIndex={info.colorIndex} /> {info.name}
      </span>
      <span className={styles.members}>
        {members.length === 0 ? t('evaluation.zero-shot-none') : `${named.join(', ')}${more}`}
      </span>
      <Button
        size="small"
        variant="quiet"
        aria-label={t('evaluation.zero-shot-change', { name: info.name })}
        aria-expanded={isEdited}
        onPress={onEdit}
      >
        {t(isEdited ? 'evaluation.zero-shot-done' : 'evaluation.zero-shot-edit')}
      </Button>
    </div>
  );
}

const MOST_HITS = 12;

interface ChooserProps {
  readonly info: ClassInfo;
  readonly labels: readonly string[];
  readonly members: readonly number[];
  /** Chosen by the person, not by name. */
  readonly isOwn: boolean;
  readonly onChange: (members: readonly number[] | null) => void;
}

function Chooser({ info, labels, members, isOwn, onChange }: ChooserProps) {
  const t = useTranslate();
  const id = useId();
  const [query, setQuery] = useState('');
  const wanted = useDeferredValue(query).trim().toLocaleLowerCase();
  // Without a search: what stands for it now, so that it can be taken out.
  const hits =
    wanted === ''
      ? members
      : labels.flatMap((label, index) =>
          label.toLocaleLowerCase().includes(wanted) ? [index] : [],
        );
  const shown = hits.slice(0, wanted === '' ? undefined : MOST_HITS);
  const chosen = new Set(members);
  const toggle = (index: number): void => {
    const next = chosen.has(index)
      ? members.filter((each) => each !== index)
      : [...members, index].sort((a, b) => a - b);
    onChange(next);
  };
  return (
    <div className={styles.chooser}>
      <TextField
        label={t('evaluation.zero-shot-search', { n: labels.length })}
        value={query}
        onChange={setQuery}
        autoFocus
      />
      <div
        role="group"
        aria-label={t('evaluation.zero-shot-hits', { name: info.name })}
        className={styles.hits}
      >
        {shown.map((index) => (
          <label key={index} htmlFor={`${id}-${String(index)}`} className={styles.hit}>
            <input
              id={`${id}-${String(index)}`}
              type="checkbox"
              checked={chosen.has(index)}
              onChange={() => {
                toggle(index);
              }}
            />
            {labels[index]}
          </label>
        ))}
      </div>
      <p role="status" className={roomStyles.muted}>
        {wanted !== '' && hits.length === 0 && t('evaluation.zero-shot-no-hits')}
        {hits.length > shown.length &&
          t('evaluation.zero-shot-more-hits', { n: hits.length - shown.length })}
      </p>
      {isOwn && (
        <div>
          <Button
            size="small"
            onPress={() => {
              onChange(null);
            }}
          >
            {t('evaluation.zero-shot-by-name')}
          </Button>
        </div>
      )}
    </div>
  );
}
