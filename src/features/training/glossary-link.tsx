/** Opens the glossary at the term behind a knob. */
import { BookOpen } from 'lucide-react';
import { TERM_OF_KNOB } from '../../domain/glossary.ts';
import type { HyperparameterKey } from '../../domain/hyperparameter-specs.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import styles from './glossary-link.module.css';

export function GlossaryLink({ knob }: { readonly knob: HyperparameterKey }) {
  const t = useTranslate();
  const openGlossary = useApp((state) => state.openGlossary);
  const name = t(`hyperparameters.${knob}.name`);
  return (
    <button
      type="button"
      className={styles.link}
      aria-label={t('lab.glossary-of', { name })}
      onClick={() => {
        openGlossary(TERM_OF_KNOB[knob]);
      }}
    >
      <BookOpen aria-hidden="true" className={styles.icon} /> {t('lab.in-glossary')}
    </button>
  );
}
