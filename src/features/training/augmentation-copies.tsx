/** What augmented copies will cost before anything is spent, and what those of one photo look like. */
import { Images } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { augmentationOf } from '../../domain/augmentation.ts';
import { useFormats, useTranslate } from '../../i18n/use-translate.ts';
import type { AugmentationCost } from '../../state/augmentation-state.ts';
import { useApp, useThumbnail } from '../../state/use-app.tsx';
import { Button } from '../../ui/primitives/button.tsx';
import styles from './augmentation-copies.module.css';

export function AugmentationCopies() {
  const t = useTranslate();
  const cost = useCost();
  const sentence = useSentence(cost);
  const liveRetrain = useApp((state) => state.lab.liveRetrain);
  const hasKinds = useApp((state) => augmentationOf(state.hyperparameters).copies > 0);
  if (!hasKinds) return <p className={styles.warning}>{t('lab.augment.none')}</p>;
  return (
    <div className={styles.copies}>
      <p role="status" aria-label={t('lab.augment.cost-label')} className={styles.cost}>
        {sentence}
      </p>
      {liveRetrain && (cost?.missing ?? 0) > 0 && (
        <p className={styles.muted}>{t('lab.augment.live')}</p>
      )}
      <Preview />
    </div>
  );
}

/** Counts again whenever what it depends on changes; null until the first count is in. */
function useCost(): AugmentationCost | null {
  const augmentationCost = useApp((state) => state.augmentationCost);
  const settings = useApp((state) => state.hyperparameters);
  const photos = useApp((state) => state.photos);
  const backbone = useApp((state) => state.backboneStatus);
  const fit = useApp((state) => state.fit);
  const augmentation = useApp((state) => state.augmentation);
  const status = useApp((state) => state.training.status);
  const [cost, setCost] = useState<AugmentationCost | null>(null);
  const isCounting = augmentation.progress === null;
  const { msPerCopy } = augmentation;
  useEffect(() => {
    if (!isCounting) return undefined;
    let current = true;
    augmentationCost()
      .then((next) => {
        if (current) setCost(next);
      })
      .catch(() => undefined); // storage that cannot be read says so elsewhere
    return () => {
      current = false;
    };
  }, [augmentationCost, settings, photos, backbone, fit, msPerCopy, status, isCounting]);
  return cost;
}

function useSentence(cost: AugmentationCost | null): string {
  const t = useTranslate();
  const formats = useFormats();
  const isReady = useApp((state) => state.backboneStatus.kind === 'ready');
  if (!isReady || cost === null || cost.copies === 0) return t('lab.augment.waiting');
  const { copies, photos, missing, estimatedMs } = cost;
  if (missing === 0) return t('lab.augment.ready', { copies, photos });
  if (estimatedMs === null) return t('lab.augment.unmeasured', { copies, photos, missing });
  const time = formats.duration(Math.max(1000, estimatedMs));
  return missing === copies * photos
    ? t('lab.augment.cost', { copies, photos, time })
    : t('lab.augment.cost-part', { copies, photos, missing, time });
}

interface Shown {
  readonly name: string;
  readonly imageHash: string;
  readonly size: number;
  readonly copies: readonly Uint8Array[];
}

function Preview() {
  const t = useTranslate();
  const previewAugmentation = useApp((state) => state.previewAugmentation);
  const photos = useApp((state) => state.photos);
  const canAsk = useApp((state) => state.backboneStatus.kind === 'ready');
  const [shown, setShown] = useState<Shown | null>(null);
  const [status, setStatus] = useState<'idle' | 'working' | 'failed'>('idle');
  const turn = useRef(0);

  async function show(): Promise<void> {
    const training = [...photos.values()].filter((photo) => photo.side === 'train');
    // Steps through the set so that the next one is of another class, mostly.
    const photo = training[(turn.current * 7) % Math.max(1, training.length)];
    if (photo === undefined) return;
    turn.current += 1;
    setStatus('working');
    try {
      const preview = await previewAugmentation(photo.id);
      if (preview !== null) setShown({ ...preview, name: photo.name, imageHash: photo.imageHash });
      setStatus('idle');
    } catch {
      setStatus('failed');
    }
  }

  return (
    <>
      <Button
        size="small"
        icon={Images}
        isDisabled={!canAsk || status === 'working'}
        onPress={() => void show()}
      >
        {t(shown === null ? 'lab.augment.preview' : 'lab.augment.preview-next')}
      </Button>
      <p role="status" className={styles.muted}>
        {status === 'working' && t('lab.augment.previewing')}
        {status === 'failed' && t('lab.augment.failed')}
      </p>
      {shown !== null && <Copies shown={shown} />}
    </>
  );
}

function Copies({ shown }: { readonly shown: Shown }) {
  const t = useTranslate();
  const url = useThumbnail(shown.imageHash);
  return (
    <ul
      role="list"
      aria-label={t('lab.augment.preview-list', { file: shown.name })}
      className={styles.list}
    >
      <li>
        {url !== null && (
          <img className={styles.original} src={url} alt={t('lab.augment.original')} />
        )}
      </li>
      {shown.copies.map((pixels, i) => (
        <li key={i}>
          <Copy pixels={pixels} size={shown.size} label={t('lab.augment.copy', { n: i + 1 })} />
        </li>
      ))}
    </ul>
  );
}

interface CopyProps {
  readonly pixels: Uint8Array;
  readonly size: number;
  readonly label: string;
}

function Copy({ pixels, size, label }: CopyProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const image = context.createImageData(size, size);
    for (let i = 0; i < size * size; i++) {
      image.data.set(pixels.subarray(i * 3, i * 3 + 3), i * 4);
      image.data[i * 4 + 3] = 255;
    }
    context.putImageData(image, 0, 0);
  }, [pixels, size]);
  return (
    <canvas
      ref={canvas}
      width={size}
      height={size}
      role="img"
      aria-label={label}
      className={styles.copy}
    />
  );
}
