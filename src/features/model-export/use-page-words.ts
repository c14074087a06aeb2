/** The texts of the exported web page, in the language of the screen. */
import { predictMessages } from '../../i18n/en/predict.ts';
import { addMessages } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.ts';

addMessages(predictMessages);

const WORDS = [
  'hint',
  'choose',
  'camera',
  'camera-stop',
  'no-camera',
  'unreadable',
  'probabilities',
  'checking',
  'same',
  'different',
  'failed',
  'no-script',
] as const;

export function usePageWords(): Readonly<Record<string, string>> {
  const t = useTranslate();
  const own = Object.fromEntries(WORDS.map((word) => [word, t(`export.page.${word}`)]));
  // What is said in place of a class, in the very words of the try-out; the page fills in the rest.
  const places = { name: '{name}', percent: '{percent}' };
  return {
    ...own,
    unsure: t('predict.unknown'),
    below: t('predict.not-sure'),
    'withheld-unsure': t('predict.withheld-unsure', places),
    'withheld-below': t('predict.withheld-below', places),
  };
}
