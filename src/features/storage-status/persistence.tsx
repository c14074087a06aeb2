/** Whether the browser promised to keep everything, and asking it to. */
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { refreshStorageUsage } from '../../state/services/storage-usage.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import styles from './storage-room.module.css';

export function Persistence() {
  const t = useTranslate();
  const app = useAppHandle();
  const isPersistent = useApp((state) => state.storage?.persistent ?? null);
  const [wasRefused, setRefused] = useState(false);
  if (isPersistent === null) return null;

  async function ask(): Promise<void> {
    const granted = await app.services.storage.requestPersistence().catch(() => false);
    setRefused(!granted);
    await refreshStorageUsage(app);
  }

  return (
    <div className={styles.persistence} role="status">
      <p>{t(isPersistent ? 'storage.persistent' : 'storage.not-persistent')}</p>
      {!isPersistent && (
        <Button size="small" icon={ShieldCheck} onPress={() => void ask()}>
          {t('storage.ask')}
        </Button>
      )}
      {!isPersistent && wasRefused && <p className={styles.muted}>{t('storage.ask-refused')}</p>}
    </div>
  );
}
