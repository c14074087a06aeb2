/** The texts of the exported web page, in the language of the screen. */
import { useTranslate } from '../../i18n/use-translate.ts';

const WORDS = [
  'hint',
  'choose',
  'camera',
  'camera-stop',
  'no-camera',
  'unreadable',
  'unsure',
  'probabilities',
  'checking',
  'same',
  'different',
  'failed',
  'no-script',
] as const;

export function usePageWords(): Readonly<Record<string, string>> {
  const t = useTranslate();
  return Object.fromEntries(WORDS.map((word) => [word, t(`export.page.${word}`)]));
}
