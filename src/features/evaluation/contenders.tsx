/** Better than what: baselines on the same photos, and McNemar's test between any two, in words. */
import { useState } from 'react';
import type { Contender, ContenderId } from '../../domain/evaluation.ts';
import { compareAnswers } from '../../domain/mcnemar.ts';
import type { Formats } from '../../i18n/formats.ts';
import type { Translate } from '../../i18n/translate.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { Select } from '../../ui/primitives/select.tsx';
import styles from './evaluation-room.module.css';
import { shareText } from './figures.ts';
import type { Judged } from './use-judged.ts';
import { ZeroShotMatches } from './zero-shot-matches.tsx';

export function Contenders({ judged }: { readonly judged: Judged }) {
  const t = useTranslate();
  const formats = useFormats();
  const { contenders } = judged.evaluation;
  const [first, setFirst] = useState<ContenderId>('model');
  const [second, setSecond] = useState<ContenderId>('neighbours');
  const has = (id: ContenderId): boolean => contenders.some((each) => each.id === id);
  const options = contenders.map(({ id }) => ({ value: id, label: t(`evaluation.by-${id}`) }));
  return (
    <section className={styles.block} aria-label={t('evaluation.contenders')}>
      <h3 className={styles.subtitle}>{t('evaluation.contenders')}</h3>
      <div className={styles.scroll}>
        <table className={styles.table} aria-label={t('evaluation.contenders')}>
          <thead>
            <tr>
              <th scope="col">{t('evaluation.who')}</th>
              <th scope="col">{t('evaluation.accuracy')}</th>
              <th scope="col">{t('evaluation.against-model')}</th>
            </tr>
          </thead>
          <tbody>
            {contenders.map((each) => (
              <tr key={each.id}>
                <th scope="row">{t(`evaluation.by-${each.id}`)}</th>
                <td>{shareText(t, formats, each.accuracy)}</td>
                <td>{each.id === 'model' ? '' : shortVerdict(t, judged, each)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className={styles.row}>
        <Select
          label={t('evaluation.compare-first')}
          value={has(first) ? first : 'model'}
          options={options}
          onChange={setFirst}
        />
        <Select
          label={t('evaluation.compare-second')}
          value={has(second) ? second : 'neighbours'}
          options={options}
          onChange={setSecond}
        />
      </div>
      <p className={styles.muted} role="status" aria-label={t('evaluation.comparison')}>
        {comparisonText(
          t,
          formats,
          judged,
          has(first) ? first : 'model',
          has(second) ? second : 'neighbours',
        )}
      </p>
      <ZeroShotMatches judged={judged} />
    </section>
  );
}

/** The usual line; a p above it may well be luck. */
const REAL = 0.05;

function labelsOf(judged: Judged): readonly number[] {
  return judged.evaluation.rows.map(({ truth }) => truth);
}

export function shortVerdict(t: Translate, judged: Judged, other: Contender): string {
  const model = judged.evaluation.contenders.find(({ id }) => id === 'model');
  const { p, firstOnly, secondOnly } = compareAnswers(
    model?.answers ?? [],
    other.answers,
    labelsOf(judged),
  );
  if (p >= REAL) return t('evaluation.maybe-luck');
  return t(firstOnly > secondOnly ? 'evaluation.model-better' : 'evaluation.model-worse');
}

export function comparisonText(
  t: Translate,
  formats: Formats,
  judged: Judged,
  first: ContenderId,
  second: ContenderId,
): string {
  const answersOf = (id: ContenderId): readonly number[] =>
    judged.evaluation.contenders.find((each) => each.id === id)?.answers ?? [];
  const { firstOnly, secondOnly, p } = compareAnswers(
    answersOf(first),
    answersOf(second),
    labelsOf(judged),
  );
  const values = {
    first: t(`evaluation.by-${first}`),
    second: t(`evaluation.by-${second}`),
    firstOnly,
    secondOnly,
    p: p < 0.001 ? `<${formats.number(0.001, 3)}` : formats.number(p, 3),
  };
  if (firstOnly + secondOnly === 0) return t('evaluation.compare-same', values);
  return t(p < REAL ? 'evaluation.compare-real' : 'evaluation.compare-luck', values);
}
