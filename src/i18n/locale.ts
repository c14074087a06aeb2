/** Locales the app can be shown in. `pseudo` is for tests: it marks everything from the catalogue. */
export const LOCALES = ['en', 'pseudo'] as const;
export type Locale = (typeof LOCALES)[number];

/** The tag for `Intl`: the pseudo-locale counts and pluralises as English does. */
export function intlTag(_locale: Locale): string {
  return 'en';
}

/** Reads `?locale=` from a query string (with or without the `?`); anything unknown is English. */
export function localeFromQuery(query: string): Locale {
  const wanted = new URLSearchParams(query).get('locale');
  return LOCALES.find((locale) => locale === wanted) ?? 'en';
}
