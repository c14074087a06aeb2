/** Behind a knob's i: what it does to the two curves, in a sentence and in a sketch, and the glossary. */
import { curveSketches } from '../../domain/curve-sketch.ts';
import { TERM_OF_KNOB } from '../../domain/glossary.ts';
import type { HyperparameterKey } from '../../domain/hyperparameter-specs.ts';
import { toMessageKey } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { CurveSketchPair } from '../../ui/primitives/curve-sketch.tsx';
import { GlossaryLink } from './glossary-link.tsx';
import styles from './glossary-link.module.css';

export function KnobDetails({ name }: { readonly name: HyperparameterKey }) {
  const t = useTranslate();
  const key = `hyperparameters.${name}.more`;
  const pair = curveSketches(TERM_OF_KNOB[name]);
  return (
    <div className={styles.details}>
      <p>{t(toMessageKey(key, `hyperparameters.${name}.explanation`))}</p>
      {pair !== null && (
        <CurveSketchPair
          pair={pair}
          captions={[t('lab.sketch-little'), t('lab.sketch-much')]}
          label={t('lab.sketch')}
        />
      )}
      <GlossaryLink knob={name} />
    </div>
  );
}
