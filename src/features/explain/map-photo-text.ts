/** One photo of the map in words: name, class, side and what the model answers. */
import type { Translate } from '../../i18n/translate.ts';
import type { MapPoint } from './map-points.ts';

export function mapPhotoText(t: Translate, point: MapPoint): string {
  const values = {
    file: point.photo.name,
    className: point.className,
    side: t(`explain.map-side-${point.side}`),
  };
  if (point.isRight === null) return t('explain.map-photo', values);
  return point.isRight
    ? t('explain.map-photo-right', values)
    : t('explain.map-photo-wrong', { ...values, answer: point.answer ?? '' });
}
