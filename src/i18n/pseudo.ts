/**
 * The pseudo-locale: letters get accents and each string stands in ⟦brackets⟧, so that text which
 * did not come through the catalogue is easy to find and a layout that only fits English shows.
 */
import type { IntlMessageFormat } from 'intl-messageformat';

export type MessageAst = ReturnType<IntlMessageFormat['getAst']>;
type MessageElement = MessageAst[number];

const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const ACCENTED = 'åƀçđéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇĐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ';
const TABLE = new Map(
  Array.from(PLAIN, (letter, i) => [letter, Array.from(ACCENTED)[i] ?? letter]),
);

export const PSEUDO_OPEN = '⟦';
export const PSEUDO_CLOSE = '⟧';

export function accent(text: string): string {
  return Array.from(text, (letter) => TABLE.get(letter) ?? letter).join('');
}

/** Accents every literal of a parsed message, in all plural and select branches; arguments stay. */
export function accentAst(ast: MessageAst): MessageAst {
  return ast.map(accentElement);
}

function accentElement(element: MessageElement): MessageElement {
  if ('options' in element) {
    const options = Object.fromEntries(
      Object.entries(element.options).map(([name, option]) => [
        name,
        { ...option, value: accentAst(option.value) },
      ]),
    );
    return { ...element, options };
  }
  // Of the kinds with a text value, 0 is plain text; the others name an argument.
  const kind: number = element.type;
  if (kind === 0 && 'value' in element) {
    return { ...element, value: accent(element.value) };
  }
  return element;
}
