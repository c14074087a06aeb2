/** The set-up of this project as a link and a QR code, to hand out. */
import { Copy } from 'lucide-react';
import { useMemo, useState } from 'react';
import { SAMPLE_CLASSES } from '../../domain/sample-set.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { setupLink, setupOf } from '../../state/services/setup-link.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { QrCode } from '../../ui/qr-code.tsx';
import styles from './setup-room.module.css';

export function SetupShare() {
  const t = useTranslate();
  const { services } = useAppHandle();
  const hyperparameters = useApp((state) => state.hyperparameters);
  const split = useApp((state) => state.split);
  const fit = useApp((state) => state.fit);
  const backboneStatus = useApp((state) => state.backboneStatus);
  const photos = useApp((state) => state.photos);
  const setup = useMemo(
    () => setupOf({ hyperparameters, split, fit, backboneStatus, photos }),
    [hyperparameters, split, fit, backboneStatus, photos],
  );
  const { sampleSet } = setup;
  const link = setupLink(services.baseUrl, setup);
  const [copied, setCopied] = useState<{ link: string; isDone: boolean } | null>(null);

  function copy(): void {
    // Missing on plain-http addresses other than localhost.
    const clipboard = (navigator as { clipboard?: Clipboard }).clipboard;
    const copying = clipboard?.writeText(link) ?? Promise.reject(new Error('no clipboard'));
    copying.then(
      () => {
        setCopied({ link, isDone: true });
      },
      () => {
        setCopied({ link, isDone: false });
      },
    );
  }

  return (
    <>
      <p className={styles.muted}>
        {sampleSet === null
          ? t('setup.without-photos')
          : t('setup.with-samples', {
              n: sampleSet.photosPerClass * SAMPLE_CLASSES[sampleSet.theme].length,
            })}
      </p>
      {setup.pinned > 0 && <p>{t('setup.pins-stay', { n: setup.pinned })}</p>}
      <label className={styles.section}>
        <span>{t('setup.link')}</span>
        <input
          className={styles.link}
          readOnly
          value={link}
          onFocus={(event) => {
            event.currentTarget.select();
          }}
        />
      </label>
      <div className={styles.actions}>
        <Button variant="primary" icon={Copy} onPress={copy}>
          {t('setup.copy')}
        </Button>
        <p role="status">
          {copied?.link === link ? t(copied.isDone ? 'setup.copied' : 'setup.not-copied') : ''}
        </p>
      </div>
      <QrCode text={link} label={t('setup.qr')} failedText={t('setup.qr-failed')} />
    </>
  );
}
