/** What is kept in this browser, counted. */
import { useEffect, useState } from 'react';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { MAX_STORED_SIDE_PX } from '../../state/services/stored-size.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';
import styles from './storage-room.module.css';

export function KeptList() {
  const t = useTranslate();
  const formats = useFormats();
  const photos = useApp((state) => state.photos.size);
  const unembedded = useApp((state) => state.unembedded);
  const backbones = useApp((state) => state.backbones);
  const available = useApp((state) => state.availableBackbones);
  const runs = useRunCount();
  const downloaded = backbones.filter(
    (card) => card.source.kind === 'download' && available.has(card.id),
  );
  const size = formats.bytes(downloaded.reduce((sum, card) => sum + card.totalBytes, 0));
  const rows = [
    ['photos', formats.number(photos)],
    [
      'embeddings',
      t('storage.kept.embeddings-value', { done: Math.max(0, photos - unembedded), total: photos }),
    ],
    ['runs', runs === null ? t('storage.kept.unknown') : formats.number(runs)],
    ['backbones', t('storage.kept.backbones-value', { n: downloaded.length, size })],
  ] as const;
  return (
    <section className={styles.section}>
      <h3 className={styles.heading}>{t('storage.kept')}</h3>
      <dl className={styles.kept}>
        {rows.map(([key, value]) => (
          <div key={key} className={styles.keptRow}>
            <dt>
              {t(`storage.kept.${key}`)}
              <span className={styles.keptText}>
                {t(`storage.kept.${key}-text`, { side: MAX_STORED_SIDE_PX })}
              </span>
            </dt>
            <dd className={styles.keptValue}>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** Runs of the open project; null until counted. */
function useRunCount(): number | null {
  const { services } = useAppHandle();
  const projectId = useApp((state) => state.projectId);
  const currentRunId = useApp((state) => state.currentRun?.id ?? null);
  const [count, setCount] = useState<number | null>(null);
  useEffect(() => {
    let isCurrent = true;
    services.storage
      .countRuns(projectId)
      .then((runs) => {
        if (isCurrent) setCount(runs);
      })
      .catch(() => undefined); // the figure stays unknown; nothing else depends on it
    return () => {
      isCurrent = false;
    };
  }, [services, projectId, currentRunId]);
  return count;
}
