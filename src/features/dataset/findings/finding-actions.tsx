/** What can be done about a finding with one press. Everything can be undone. */
import { Camera, ImagePlus, Trash2 } from 'lucide-react';
import type { Finding } from '../../../domain/finding.ts';
import { surplusOf } from '../../../domain/findings-copies.ts';
import type { PhotoId } from '../../../domain/photo.ts';
import { useTranslate } from '../../../i18n/use-translate.ts';
import { useApp, useAppHandle } from '../../../state/use-app.tsx';
import { Button } from '../../../ui/primitives/button.tsx';
import { useRoomActions } from '../room-actions.tsx';
import styles from './findings.module.css';

export interface FindingActionsProps {
  readonly finding: Finding;
  readonly doubtful: ReadonlySet<PhotoId>;
}

export function FindingActions({ finding, doubtful }: FindingActionsProps) {
  switch (finding.kind) {
    case 'leak':
      return <Unpin finding={finding} />;
    case 'few-photos':
    case 'one-group':
      return <MorePhotos finding={finding} />;
    case 'imbalance':
      return <WeighAlike />;
    case 'exact-copies':
    case 'near-copies':
      return <KeepOne finding={finding} doubtful={doubtful} />;
    case 'one-colour':
    case 'dark':
    case 'bright':
    case 'blurred':
    case 'tiny':
      return <DeleteAll finding={finding} />;
    // Labels are chosen picture by picture; backgrounds and recordings ask for other photos.
    case 'two-classes':
    case 'nearly-two-classes':
    case 'same-background':
    case 'same-size':
    case 'recordings':
      return null;
  }
}

function Unpin({ finding }: { readonly finding: Finding }) {
  const t = useTranslate();
  const pinPhotos = useApp((state) => state.pinPhotos);
  return (
    <Button
      size="small"
      onPress={() => {
        pinPhotos(finding.photoIds, null);
      }}
    >
      {t('findings.leak-act')}
    </Button>
  );
}

function MorePhotos({ finding }: { readonly finding: Finding }) {
  const t = useTranslate();
  const { capture } = useRoomActions();
  const classId = finding.classIds[0] ?? null;
  return (
    <>
      <Button
        size="small"
        icon={ImagePlus}
        onPress={() => {
          capture.choosePhotos(classId);
        }}
      >
        {t('findings.add')}
      </Button>
      <Button
        size="small"
        icon={Camera}
        onPress={() => {
          capture.openCamera(classId);
        }}
      >
        {t('findings.record')}
      </Button>
    </>
  );
}

function WeighAlike() {
  const t = useTranslate();
  const isOn = useApp((state) => state.hyperparameters.balanceClasses);
  const setHyperparameter = useApp((state) => state.setHyperparameter);
  if (isOn) return <p className={styles.quiet}>{t('findings.imbalance-on')}</p>;
  return (
    <Button
      size="small"
      onPress={() => {
        setHyperparameter('balanceClasses', true);
      }}
    >
      {t('findings.imbalance-act')}
    </Button>
  );
}

function KeepOne({ finding, doubtful }: FindingActionsProps) {
  const t = useTranslate();
  const { store } = useAppHandle();
  const { removePhotos } = useRoomActions();
  const sure = finding.sets.filter((set) => !set.some((id) => doubtful.has(id)));
  const surplus = sure.reduce((sum, set) => sum + set.length - 1, 0);
  if (surplus === 0) return null;
  return (
    <Button
      size="small"
      icon={Trash2}
      onPress={() => {
        removePhotos(surplusOf(sure, store.getState().photos));
      }}
    >
      {t('findings.keep-one', { n: surplus })}
    </Button>
  );
}

function DeleteAll({ finding }: { readonly finding: Finding }) {
  const t = useTranslate();
  const { removePhotos } = useRoomActions();
  return (
    <Button
      size="small"
      icon={Trash2}
      onPress={() => {
        removePhotos(finding.photoIds);
      }}
    >
      {t('findings.delete', { n: finding.photoIds.length })}
    </Button>
  );
}
