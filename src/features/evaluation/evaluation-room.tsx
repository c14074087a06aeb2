import { useTranslate } from '../../i18n/use-translate.ts';
import { addMessages } from '../../i18n/messages.ts';
import { evaluationMessages } from '../../i18n/en/evaluation.ts';

addMessages(evaluationMessages);

export function EvaluationRoom() {
  const t = useTranslate();
  return (
    <section aria-label={t('evaluation.title')}>
      <h2>{t('evaluation.title')}</h2>
    </section>
  );
}
