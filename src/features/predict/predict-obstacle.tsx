/** Why the model on screen cannot be tried now, and the way out. */
import { GraduationCap } from 'lucide-react';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import { EmptyState } from '../../ui/primitives/empty-state.tsx';
import { Notice } from '../../ui/primitives/notice-list.tsx';
import { Skeleton } from '../../ui/primitives/skeleton.tsx';
import type { PredictSituation } from './predict-situation.ts';
import styles from './predict-room.module.css';

interface PredictObstacleProps {
  readonly situation: Exclude<PredictSituation, { kind: 'usable' }>;
  /** Photos given too early. */
  readonly waiting: readonly { readonly path: string }[];
}

export function PredictObstacle({ situation, waiting }: PredictObstacleProps) {
  const t = useTranslate();
  const [first] = waiting;
  switch (situation.kind) {
    case 'no-run':
      return (
        <EmptyState icon={GraduationCap} title={t('predict.no-run-title')}>
          {first === undefined
            ? t('predict.no-run-text')
            : t('predict.no-run-waiting', { name: first.path, n: waiting.length })}
        </EmptyState>
      );
    case 'backbone-loading':
      return (
        <div className={styles.loading}>
          <p className={styles.muted}>{t('predict.backbone-loading')}</p>
          <Skeleton height="2rem" shape="box" />
        </div>
      );
    case 'backbone-failed':
      return (
        <Notice tone="error" action={<PanelButton />}>
          <p>{t('predict.backbone-failed')}</p>
        </Notice>
      );
    case 'backbone-gone':
      return (
        <Notice tone="warning">
          <p>{t('predict.backbone-gone', { id: situation.backboneId })}</p>
        </Notice>
      );
    case 'other-backbone':
      return <OtherBackbone backboneId={situation.backboneId} isHere={situation.here} />;
  }
}

function PanelButton() {
  const t = useTranslate();
  const setOpenPanel = useApp((state) => state.setOpenPanel);
  return (
    <Button size="small" onPress={() => setOpenPanel('backbone')}>
      {t('predict.get-backbone')}
    </Button>
  );
}

function OtherBackbone({ backboneId, isHere }: { backboneId: string; isHere: boolean }) {
  const t = useTranslate();
  const choose = useApp((state) => state.chooseBackbone);
  const name = useApp(
    (state) => state.backbones.find((card) => card.id === backboneId)?.name ?? backboneId,
  );
  return (
    <Notice tone="info">
      <div className={styles.other}>
        <p>{t('predict.other-backbone', { name })}</p>
        {isHere ? (
          <Button size="small" onPress={() => void choose(backboneId)}>
            {t('predict.load-backbone', { name })}
          </Button>
        ) : (
          <PanelButton />
        )}
      </div>
    </Notice>
  );
}
