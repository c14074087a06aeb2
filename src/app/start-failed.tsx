/** The studio could not open its database or start at all: say so, and what to do. */
import { useTranslate } from '../i18n/use-translate.ts';
import styles from './start-failed.module.css';

export function StartFailed({ detail }: { detail: string }) {
  const t = useTranslate();
  return (
    <main className={styles.page} role="alert">
      <h1 className={styles.title}>{t('shell.start-failed-title')}</h1>
      <p>{t('shell.start-failed-advice')}</p>
      <details>
        <summary>{t('shell.technical-detail')}</summary>
        <pre className={styles.detail}>{detail}</pre>
      </details>
    </main>
  );
}
