/** What is on screen while the database takes its time to open. */
import { useTranslate } from '../i18n/use-translate.ts';
import styles from './start-failed.module.css';

export function Opening() {
  const t = useTranslate();
  return (
    <main className={styles.page}>
      <p role="status">{t('shell.opening')}</p>
    </main>
  );
}
