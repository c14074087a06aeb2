/** What happens to the chosen backbone, in one live sentence: loading, ready and checked, or why not. */
import { toMessageKey } from '../../i18n/messages.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import type { BackboneStatus } from '../../state/store-types.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import { ProgressBar } from '../../ui/primitives/progress-bar.tsx';

export function BackboneStatusLine() {
  const t = useTranslate();
  const status = useApp((state) => state.backboneStatus);
  const cards = useApp((state) => state.backbones);
  const choose = useApp((state) => state.chooseBackbone);
  const name =
    status.kind === 'none'
      ? ''
      : (cards.find((card) => card.id === status.backboneId)?.name ?? status.backboneId);
  return (
    <div role="status" aria-label={t('backbone.status')}>
      {status.kind === 'loading' && (
        <ProgressBar label={t('backbone.loading', { name })} done={0} total={null} />
      )}
      {status.kind === 'ready' && <ReadyNotice name={name} status={status} />}
      {status.kind === 'failed' && (
        <Notice
          tone="error"
          action={
            <Button size="small" onPress={() => void choose(status.backboneId)}>
              {t('backbone.retry')}
            </Button>
          }
        >
          <p>
            {t('backbone.failed', {
              name,
              reason: t(toMessageKey(`errors.${status.code}`, 'errors.unknown')),
            })}
          </p>
        </Notice>
      )}
    </div>
  );
}

interface ReadyNoticeProps {
  readonly name: string;
  readonly status: Extract<BackboneStatus, { kind: 'ready' }>;
}

function ReadyNotice({ name, status: { loadMs, goldenError, folding } }: ReadyNoticeProps) {
  const t = useTranslate();
  const formats = useFormats();
  const backend = useApp((state) => state.backends.inUse?.embedding ?? null);
  const time = formats.duration(loadMs);
  return (
    <Notice tone={goldenError === null ? 'info' : 'success'}>
      <div>
        <p>
          <strong>{name}</strong>{' '}
          {backend === null
            ? t('backbone.ready', { time })
            : t('backbone.ready-on', { time, backend: t(`backends.name.${backend}`) })}
        </p>
        <p>
          {goldenError === null
            ? t('backbone.golden-none')
            : t('backbone.golden', { deviation: formats.upTo(goldenError) })}
        </p>
        {!folding.isFolded && folding.reason !== null && (
          <p>{t('backbone.as-loaded', { reason: folding.reason })}</p>
        )}
      </div>
    </Notice>
  );
}
