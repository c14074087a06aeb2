import { useTranslate } from '../../i18n/use-translate.ts';
import { addMessages } from '../../i18n/messages.ts';
import { runsMessages } from '../../i18n/en/runs.ts';

addMessages(runsMessages);

export function RunsRoom() {
  const t = useTranslate();
  return (
    <section aria-label={t('runs.title')}>
      <h2>{t('runs.title')}</h2>
    </section>
  );
}
