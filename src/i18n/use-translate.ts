/** Hooks to read text and formatters: `const t = useTranslate(); t('training.start', { n: 3 })`. */
import { use } from 'react';
import type { Formats } from './formats.ts';
import { LocaleContext, type LocaleServices } from './locale-context.tsx';
import type { Translate } from './translate.ts';

function useLocaleServices(): LocaleServices {
  const services = use(LocaleContext);
  if (!services) throw new Error('no <LocaleProvider> above this component');
  return services;
}

export function useTranslate(): Translate {
  return useLocaleServices().t;
}

export function useFormats(): Formats {
  return useLocaleServices().formats;
}
