/** What is said about one picture, in a line: for listeners, for lists and for tables. */
import type { Formats } from '../../i18n/formats.ts';
import type { Translate } from '../../i18n/translate.ts';
import type { Prediction } from '../../state/store-types.ts';
import { readAnswer } from './read-answer.ts';

type Said = Pick<Prediction, 'classes' | 'probabilities' | 'withheld'>;

/** "ants, 93%", or "I don’t know. Perhaps ants, 43%: …". Empty when there is no class. */
export function answerText(t: Translate, formats: Formats, said: Said): string {
  const answer = readAnswer(said);
  if (answer === null) return '';
  const percent = formats.probability(answer.probability);
  if (said.withheld === null) return t('predict.answer', { name: answer.top.name, percent });
  return `${unknownText(t, said.withheld)}. ${withheldText(t, formats, said)}`;
}

/** The headline in place of a class. */
export function unknownText(t: Translate, withheld: NonNullable<Prediction['withheld']>): string {
  return t(withheld === 'below' ? 'predict.not-sure' : 'predict.unknown');
}

/** Why nothing is said, with what it would have been; empty when something is said. */
export function withheldText(t: Translate, formats: Formats, said: Said): string {
  const answer = readAnswer(said);
  if (answer === null || said.withheld === null) return '';
  const percent = formats.probability(answer.probability);
  return t(`predict.withheld-${said.withheld}`, { name: answer.top.name, percent });
}
