/** The sentence that follows the interval, and what has to be said beside it. */
import { useMemo } from 'react';
import type { Translate } from '../../i18n/translate.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import styles from './evaluation-room.module.css';
import { headlineText } from './figures.ts';
import type { Judged } from './use-judged.ts';
import { useSameLooking } from './use-same-looking.ts';

/** From here on the best of several runs may be the luckiest one. */
const MANY_USES = 3;
/** Fewer groups than this share of the photos: the photos count for less than they are. */
const FEW_GROUPS = 0.8;

export function Headline({ judged }: { readonly judged: Judged }) {
  const t = useTranslate();
  const formats = useFormats();
  const { scorecard } = judged.evaluation;
  const warnings = useWarnings(judged);
  return (
    <div className={styles.block}>
      <p className={styles.headline} role="status" aria-label={t('evaluation.headline-name')}>
        {headlineText(t, formats, scorecard.accuracy, scorecard.photos)}
      </p>
      <p className={styles.muted}>
        {t('evaluation.hits', { hits: scorecard.hits, count: scorecard.photos })}{' '}
        {t(`evaluation.judged-${judged.on}`)}
      </p>
      {warnings.map((text) => (
        <p key={text} className={styles.warning}>
          {text}
        </p>
      ))}
    </div>
  );
}

/** What the numbers cannot say by themselves; also part of the report. */
export function useWarnings(judged: Judged | null): readonly string[] {
  const t = useTranslate();
  const clashes = useSameLooking();
  const stoppedOnThese = useApp(
    (state) => state.currentRun?.hyperparameters.earlyStopping ?? false,
  );
  return useMemo(
    () => (judged === null ? [] : warningsOf(t, judged, clashes.length, stoppedOnThese)),
    [t, judged, clashes.length, stoppedOnThese],
  );
}

function warningsOf(
  t: Translate,
  judged: Judged,
  clashes: number,
  stoppedOnThese: boolean,
): readonly string[] {
  const { scorecard } = judged.evaluation;
  const names = (indices: readonly number[]): string =>
    indices.map((index) => judged.classes[index]?.name ?? '').join(', ');
  const unjudged = scorecard.classes.flatMap(({ support }, index) =>
    support === 0 ? [index] : [],
  );
  const warnings: string[] = [];
  if (judged.on === 'folds' && judged.evaluation.loneClasses.length > 0) {
    warnings.push(t('evaluation.lone-classes', { names: names(judged.evaluation.loneClasses) }));
  } else if (unjudged.length > 0) {
    warnings.push(t('evaluation.unjudged', { names: names(unjudged) }));
  }
  if (judged.on === 'test' && judged.testUses >= MANY_USES) {
    warnings.push(t('evaluation.test-used', { n: judged.testUses }));
  }
  if (scorecard.groups < FEW_GROUPS * scorecard.photos) {
    warnings.push(
      t('evaluation.few-groups', { photos: scorecard.photos, groups: scorecard.groups }),
    );
  }
  if (judged.on === 'validation' && stoppedOnThese) warnings.push(t('evaluation.flattered'));
  if (clashes > 0) warnings.push(t('evaluation.same-photos', { n: clashes }));
  for (const [a, b] of confusedPairs(scorecard.matrix, judged.classes.length)) {
    warnings.push(t('evaluation.same-classes', { a: names([a]), b: names([b]) }));
  }
  return warnings;
}

const FEWEST_TO_TELL = 6;

/** Pairs of classes between which the answers are no better than tossing a coin. */
export function confusedPairs(
  matrix: readonly number[],
  classCount: number,
): readonly (readonly [number, number])[] {
  const at = (truth: number, answer: number): number => matrix[truth * classCount + answer] ?? 0;
  const pairs: [number, number][] = [];
  for (let a = 0; a < classCount; a++) {
    for (let b = a + 1; b < classCount; b++) {
      const right = at(a, a) + at(b, b);
      const mixed = at(a, b) + at(b, a);
      if (right + mixed >= FEWEST_TO_TELL && mixed >= right) pairs.push([a, b]);
    }
  }
  return pairs;
}
