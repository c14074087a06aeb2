/** The download of one backbone under way, or where and why it stopped. */
import type { BackboneCard } from '../../domain/backbone-card.ts';
import { toMessageKey } from '../../i18n/messages.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import { ProgressBar } from '../../ui/primitives/progress-bar.tsx';

export function BackboneDownloadRow({ card }: { readonly card: BackboneCard }) {
  const t = useTranslate();
  const formats = useFormats();
  const download = useApp((state) =>
    state.download?.backboneId === card.id ? state.download : null,
  );
  const cancel = useApp((state) => state.cancelDownload);
  if (download === null) return null;
  const received = formats.bytes(download.receivedBytes);
  if (download.status === 'failed') {
    const reason = t(toMessageKey(`errors.${download.errorCode ?? 'unknown'}`, 'errors.unknown'));
    return (
      <Notice tone="error">
        <p role="alert">{t('backbone.download-failed', { received, reason })}</p>
      </Notice>
    );
  }
  return (
    <ProgressBar
      label={t(download.status === 'verifying' ? 'backbone.verifying' : 'backbone.downloading', {
        name: card.name,
      })}
      done={download.receivedBytes}
      total={download.totalBytes}
      counts={t('backbone.bytes', { received, total: formats.bytes(download.totalBytes) })}
      isPaused={download.status === 'paused'}
      onCancel={cancel}
      cancelLabel={t('backbone.cancel-download')}
    />
  );
}
