/** Turns a message key and its values into text. Parsed messages are kept, one parse per key and locale. */
import { IntlMessageFormat } from 'intl-messageformat';
import { intlTag, type Locale } from './locale.ts';
import { messages, type MessageKey } from './messages.ts';
import { accentAst, PSEUDO_CLOSE, PSEUDO_OPEN } from './pseudo.ts';

export type MessageValues = Readonly<Record<string, string | number>>;
export type Translate = (key: MessageKey, values?: MessageValues) => string;

/** Angle brackets are text in our messages, never tags. */
const OPTIONS = { ignoreTag: true } as const;

/** Parses one ICU message. Throws SyntaxError when it is malformed. */
export function compileMessage(message: string, locale: Locale): IntlMessageFormat {
  const compiled = new IntlMessageFormat(message, intlTag(locale), undefined, OPTIONS);
  if (locale !== 'pseudo') return compiled;
  return new IntlMessageFormat(accentAst(compiled.getAst()), intlTag(locale), undefined, OPTIONS);
}

/** Shows as an uncaught error in the browser's console (and fails a browser test), stops nothing. */
function reportToPage(error: Error): void {
  if (typeof reportError === 'function') reportError(error);
}

/** `report` hears of a message that is missing or cannot be formatted; its key is then the text. */
export function createTranslate(
  locale: Locale,
  catalogue: Readonly<Record<string, string>> = messages,
  report: (error: Error) => void = reportToPage,
): Translate {
  const compiled = new Map<string, IntlMessageFormat>();
  return (key, values) => {
    try {
      let formatter = compiled.get(key);
      if (!formatter) {
        const message = catalogue[key];
        if (message === undefined) throw new Error('no such message');
        formatter = compileMessage(message, locale);
        compiled.set(key, formatter);
      }
      const text = String(formatter.format<string>({ ...values }));
      return locale === 'pseudo' ? `${PSEUDO_OPEN}${text}${PSEUDO_CLOSE}` : text;
    } catch (error) {
      // A missing value must not take the whole screen down; the key tells what to repair.
      report(new Error(`message "${key}" could not be formatted`, { cause: error }));
      return key;
    }
  };
}
