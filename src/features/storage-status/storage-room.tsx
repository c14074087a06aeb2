/** The panel of what this browser keeps: how much, how safely, and what works without a network. */
import { useEffect } from 'react';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { isNearlyFull, refreshStorageUsage } from '../../state/services/storage-usage.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { Meter } from '../../ui/primitives/meter.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import { Panel } from '../../ui/primitives/panel.tsx';
import { Skeleton } from '../../ui/primitives/skeleton.tsx';
import { KeptList } from './kept-list.tsx';
import { offlineReason } from './offline-reason.ts';
import { Persistence } from './persistence.tsx';
import styles from './storage-room.module.css';

export function StorageRoom() {
  const t = useTranslate();
  const app = useAppHandle();
  const setOpenPanel = useApp((state) => state.setOpenPanel);
  const photoCount = useApp((state) => state.photos.size);

  useEffect(() => {
    void refreshStorageUsage(app);
  }, [app, photoCount]);

  return (
    <Panel
      isOpen
      title={t('storage.title')}
      description={t('storage.description')}
      onClose={() => {
        setOpenPanel(null);
      }}
      footer={
        <span className={styles.muted}>
          {t('storage.version', { version: app.services.appVersion })}
        </span>
      }
    >
      <Usage />
      <Damaged />
      <Persistence />
      <KeptList />
      <Offline />
      <Notice tone="success">
        <p>{t('storage.private')}</p>
      </Notice>
    </Panel>
  );
}

function Usage() {
  const t = useTranslate();
  const setOpenPanel = useApp((state) => state.setOpenPanel);
  const formats = useFormats();
  const usage = useApp((state) => state.storage);
  if (usage === null) return <Skeleton height="2.5rem" shape="box" />;
  if (usage.quotaBytes <= 0) return <p className={styles.muted}>{t('storage.unknown')}</p>;
  const share = usage.usedBytes / usage.quotaBytes;
  const nearlyFull = isNearlyFull(usage);
  return (
    <div className={styles.usage}>
      <Meter
        label={t('storage.used')}
        value={share}
        valueText={t('storage.used-value', {
          used: formats.bytes(usage.usedBytes),
          quota: formats.bytes(usage.quotaBytes),
        })}
        tone={nearlyFull ? 'warning' : 'neutral'}
      />
      <p className={styles.muted}>
        {nearlyFull
          ? t('storage.almost-full-text')
          : t('storage.free', {
              free: formats.bytes(Math.max(0, usage.quotaBytes - usage.usedBytes)),
            })}
      </p>
      {nearlyFull && (
        <Button size="small" onPress={() => setOpenPanel('share')}>
          {t('shell.export')}
        </Button>
      )}
    </div>
  );
}

/** Records that could not be read since the page was opened. */
function Damaged() {
  const t = useTranslate();
  const { services } = useAppHandle();
  const n = services.storage.damagedRecords();
  if (n === 0) return null;
  return <Notice tone="warning">{t('storage.damaged', { n })}</Notice>;
}

function Offline() {
  const t = useTranslate();
  const offline = useApp((state) => state.offline);
  const reason = offlineReason(offline, {
    isSecure: window.isSecureContext,
    hasServiceWorker: 'serviceWorker' in navigator,
  });
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{t('storage.offline')}</h3>
      <p role="status" className={styles.offline} data-reason={reason}>
        {t(`storage.offline.${reason}`)}
      </p>
    </section>
  );
}
