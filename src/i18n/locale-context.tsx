/** Gives every component the translator and formatters of the chosen locale. */
import { createContext, useEffect, useMemo, type ReactNode } from 'react';
import { createFormats, type Formats } from './formats.ts';
import { intlTag, type Locale } from './locale.ts';
import { createTranslate, type Translate } from './translate.ts';

export interface LocaleServices {
  readonly locale: Locale;
  readonly t: Translate;
  readonly formats: Formats;
}

export function createLocaleServices(locale: Locale): LocaleServices {
  return { locale, t: createTranslate(locale), formats: createFormats(locale) };
}

export const LocaleContext = createContext<LocaleServices | null>(null);

export function LocaleProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  const services = useMemo(() => createLocaleServices(locale), [locale]);
  useEffect(() => {
    document.documentElement.lang = intlTag(locale);
  }, [locale]);
  return <LocaleContext value={services}>{children}</LocaleContext>;
}
