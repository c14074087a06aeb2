import type { Plugin } from 'vite';

const TRANSLATION =
  /node_modules\/react-(?:aria|aria-components|stately)\/dist\/.*\/intl\/(?:.*\/)?([a-z]{2}-[A-Z]{2})\.m?js$/;

/**
 * react-aria carries its own words (for screen readers) in 34 languages, 90 kB of the first screen.
 * Only the languages that the app itself speaks stay; the library expects missing ones and speaks
 * English instead. Give a new language of the app here too.
 */
export function widgetLocales(locales: readonly string[]): Plugin {
  return {
    name: 'headstart:widget-locales',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      const locale = TRANSLATION.exec(id)?.[1];
      return locale === undefined || locales.includes(locale) ? null : 'export default undefined;';
    },
  };
}
