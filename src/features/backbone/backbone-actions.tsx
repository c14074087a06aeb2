/** What can be done with a backbone: use, download (size first), continue, remove. */
import { Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { BackboneCard } from '../../domain/backbone-card.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { ConfirmDialog } from '../../ui/primitives/confirm-dialog.tsx';
import styles from './backbone-item.module.css';
import { isRemovable, type BackboneState } from './backbone-state.ts';

interface BackboneActionsProps {
  readonly card: BackboneCard;
  readonly state: BackboneState;
}

export function BackboneActions({ card, state }: BackboneActionsProps) {
  const t = useTranslate();
  const choose = useApp((app) => app.chooseBackbone);
  const removable = useApp((app) => isRemovable(card, app));
  const isHere = useApp((app) => app.availableBackbones.has(card.id));
  const canUse = isHere && (state === 'available' || state === 'failed');
  const canDownload = !isHere && state !== 'downloading' && state !== 'loading';
  if (!canUse && !canDownload && !removable) return null;
  return (
    <div className={styles.actions}>
      {canUse && (
        <Button
          size="small"
          aria-label={t('backbone.use-named', { name: card.name })}
          onPress={() => void choose(card.id)}
        >
          {t('backbone.use')}
        </Button>
      )}
      {canDownload && <DownloadButton card={card} />}
      {removable && <RemoveButton card={card} isInUse={state === 'in-use'} isPartial={!isHere} />}
    </div>
  );
}

function DownloadButton({ card }: { readonly card: BackboneCard }) {
  const t = useTranslate();
  const formats = useFormats();
  const download = useApp((app) => app.downloadBackbone);
  const isPartial = useApp((app) => app.partialBackbones.has(card.id));
  // One download at a time: a school's connection is shared by thirty.
  const isBusy = useApp((app) => app.download !== null && app.download.status !== 'failed');
  const size = formats.bytes(card.totalBytes);
  return (
    <Button
      size="small"
      icon={Download}
      isDisabled={isBusy}
      aria-label={
        isPartial
          ? t('backbone.continue-named', { name: card.name })
          : t('backbone.download-named', { name: card.name, size })
      }
      onPress={() => void download(card.id)}
    >
      {isPartial ? t('backbone.continue') : t('backbone.download', { size })}
    </Button>
  );
}

interface RemoveButtonProps {
  readonly card: BackboneCard;
  readonly isInUse: boolean;
  readonly isPartial: boolean;
}

function RemoveButton({ card, isInUse, isPartial }: RemoveButtonProps) {
  const t = useTranslate();
  const formats = useFormats();
  const remove = useApp((app) => app.removeBackbone);
  const notify = useApp((app) => app.notify);
  const [isAsking, setAsking] = useState(false);
  const size = formats.bytes(card.totalBytes);
  return (
    <>
      <Button
        size="small"
        variant="quiet"
        icon={Trash2}
        aria-label={t('backbone.remove-named', { name: card.name })}
        onPress={() => setAsking(true)}
      >
        {t('backbone.remove')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        tone="danger"
        title={t('backbone.remove-title', { name: card.name })}
        confirmLabel={
          isPartial ? t('backbone.remove-partial-confirm') : t('backbone.remove-confirm', { size })
        }
        onCancel={() => setAsking(false)}
        onConfirm={() => {
          setAsking(false);
          remove(card.id).catch(() => {
            notify({ tone: 'error', messageKey: 'backbone.remove-failed', params: {} });
          });
        }}
      >
        <p>{isPartial ? t('backbone.remove-partial-text') : t('backbone.remove-text', { size })}</p>
        {isInUse && <p>{t('backbone.remove-in-use')}</p>}
      </ConfirmDialog>
    </>
  );
}
