/** The settings of a run that are not the same in every run; those changed since the run before stand out. */
import type { HyperparameterKey } from '../../domain/hyperparameter-specs.ts';
import { settingOf } from '../../domain/run-difference.ts';
import type { RunSummary } from '../../domain/run-summary.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import styles from './runs-table.module.css';
import { settingName, settingText } from './setting-text.ts';

/** More would make a row taller than anybody reads; the table of differences has them all. */
const SHOWN = 5;

export interface SettingsCellProps {
  readonly run: RunSummary;
  readonly before: RunSummary | null;
  readonly varying: readonly HyperparameterKey[];
}

export function SettingsCell({ run, before, varying }: SettingsCellProps) {
  const t = useTranslate();
  const formats = useFormats();
  if (varying.length === 0) return <span className={styles.small}>{t('runs.same-settings')}</span>;
  const changed = (key: HyperparameterKey): boolean =>
    before !== null && settingOf(run, key) !== settingOf(before, key);
  // What changed is what the row is about.
  const ordered = [...varying].sort((a, b) => Number(changed(b)) - Number(changed(a)));
  return (
    <ul className={styles.settings}>
      {ordered.slice(0, SHOWN).map((key) => (
        <li key={key} className={styles.setting} data-changed={changed(key)}>
          {t('runs.setting', {
            name: settingName(t, key),
            value: settingText(t, formats, key, settingOf(run, key)),
          })}
          {changed(key) && before !== null && (
            <span className="visually-hidden">
              {t('runs.setting-changed', {
                before: settingText(t, formats, key, settingOf(before, key)),
              })}
            </span>
          )}
        </li>
      ))}
      {ordered.length > SHOWN && (
        <li className={styles.small}>{t('runs.more-settings', { n: ordered.length - SHOWN })}</li>
      )}
    </ul>
  );
}
