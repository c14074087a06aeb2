import { useTranslate } from '../../i18n/use-translate.ts';
import { addMessages } from '../../i18n/messages.ts';
import { modelExportMessages } from '../../i18n/en/model-export.ts';

addMessages(modelExportMessages);

export function ModelRoom() {
  const t = useTranslate();
  return (
    <section aria-label={t('export.title')}>
      <h2>{t('export.title')}</h2>
    </section>
  );
}
