/** Settings with a purpose, one press each; the one that is set now is marked and explained. */
import { PRESET_IDS, presetOf } from '../../domain/presets.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { ToggleButton } from '../../ui/primitives/toggle-button.tsx';
import styles from './presets.module.css';

export function Presets() {
  const t = useTranslate();
  const current = useApp((state) => presetOf(state.hyperparameters));
  const applyPreset = useApp((state) => state.applyPreset);
  return (
    <div role="group" aria-label={t('lab.presets')} className={styles.presets}>
      {PRESET_IDS.map((id) => (
        <ToggleButton
          key={id}
          label={t(`lab.preset.${id}`)}
          isSelected={id === current}
          onChange={() => {
            applyPreset(id);
          }}
        />
      ))}
      <p className={styles.explanation}>{t(`lab.preset-explain.${current ?? 'none'}`)}</p>
    </div>
  );
}
