/** The stored photo with the part that is used outlined, and beside it the square the backbone is given. */
import { useEffect, useRef, type CSSProperties } from 'react';
import { squareFit } from '../../domain/fit-square.ts';
import type { FitMode, Photo } from '../../domain/photo.ts';
import { rgbToRgba } from '../../domain/resample.ts';
import { useTranslate } from '../../i18n/use-translate.ts';
import { useApp, useThumbnail } from '../../state/use-app.tsx';
import { SegmentedControl } from '../../ui/primitives/segmented-control.tsx';
import styles from './photo-preview.module.css';
import { useInputSize, useSeenPicture, useStoredPicture } from './use-preview-pictures.ts';

const FITS: readonly FitMode[] = ['crop', 'pad', 'stretch'];

export function PreviewPictures({ photo }: { readonly photo: Photo }) {
  const t = useTranslate();
  const fit = useApp((state) => state.fit);
  const setFit = useApp((state) => state.setFit);
  const size = useInputSize();
  return (
    <div className={styles.pictures}>
      <Original photo={photo} fit={fit} size={size} />
      <figure className={styles.figure}>
        <Seen photo={photo} fit={fit} size={size} />
        <figcaption className={styles.caption}>
          <span>{t('browse.seen')}</span>
          <span className={styles.figureSize}>{t('browse.seen-size', { size })}</span>
        </figcaption>
        <div className={styles.fit}>
          <SegmentedControl
            label={t('dataset.fit-label')}
            value={fit}
            segments={FITS.map((value) => ({ value, label: t(`dataset.fit-${value}`) }))}
            onChange={setFit}
          />
          <p className={styles.quiet}>
            {t(`dataset.fit-${fit}-text`)} {t('browse.fit-all')}
          </p>
        </div>
      </figure>
    </div>
  );
}

interface PictureProps {
  readonly photo: Photo;
  readonly fit: FitMode;
  readonly size: number;
}

function Original({ photo, fit, size }: PictureProps) {
  const t = useTranslate();
  const { width, height } = photo;
  const stored = useStoredPicture(photo);
  const thumbnail = useThumbnail(photo.imageHash);
  const { source } = squareFit(width, height, size, fit);
  const isCut = source.width < width || source.height < height;
  const share = (part: number, whole: number): string => `${String((100 * part) / whole)}%`;
  const url = stored === null ? thumbnail : stored.url;
  return (
    <figure className={styles.figure}>
      <div
        className={styles.original}
        style={{ '--ratio': `${String(width)} / ${String(height)}` } as CSSProperties}
      >
        {url === null ? (
          <p className={styles.quiet}>{stored === null ? '' : t('browse.gone')}</p>
        ) : (
          <img src={url} alt={t('browse.original-alt', { name: photo.name })} />
        )}
        {isCut ? (
          <span
            className={styles.used}
            aria-hidden="true"
            style={{
              left: share(source.left, width),
              top: share(source.top, height),
              width: share(source.width, width),
              height: share(source.height, height),
            }}
          />
        ) : null}
      </div>
      <figcaption className={styles.caption}>{t('browse.original')}</figcaption>
    </figure>
  );
}

function Seen({ photo, fit, size }: PictureProps) {
  const t = useTranslate();
  const canvas = useRef<HTMLCanvasElement>(null);
  const seen = useSeenPicture(photo, fit, size);
  const pixels = seen?.pixels ?? null;
  useEffect(() => {
    const context = canvas.current?.getContext('2d') ?? null;
    if (context === null || pixels === null) return;
    context.putImageData(new ImageData(rgbToRgba(pixels), size, size), 0, 0);
  }, [pixels, size]);
  if (seen !== null && pixels === null) {
    return <p className={styles.quiet}>{t('browse.seen-failed')}</p>;
  }
  return (
    <canvas
      ref={canvas}
      role="img"
      aria-label={t('browse.seen-alt', { size })}
      width={size}
      height={size}
      data-fit={seen === null ? undefined : fit}
      className={styles.seen}
    />
  );
}
