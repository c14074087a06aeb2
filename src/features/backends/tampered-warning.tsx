/** Said before anything else: with disturbed pixels every prediction is worthless. */
import { useTranslate } from '../../i18n/use-translate.ts';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import styles from './backend-room.module.css';

export function TamperedWarning() {
  const t = useTranslate();
  return (
    <Notice tone="warning">
      <div className={styles.tampered} role="alert">
        <strong>{t('backends.tampered-title')}</strong>
        <p>{t('backends.tampered-text')}</p>
        <ul className={styles.ways}>
          <li>{t('backends.tampered-brave')}</li>
          <li>{t('backends.tampered-firefox')}</li>
        </ul>
        <p>{t('backends.tampered-after')}</p>
      </div>
    </Notice>
  );
}
