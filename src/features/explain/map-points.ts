/** The photos of the project as points on the kept map. */
import type { ClassInfo, Photo, PhotoId, Side } from '../../domain/photo.ts';
import type { KeptMap } from '../../state/services/photo-map-keeper.ts';

export interface MapPoint {
  readonly id: PhotoId;
  readonly photo: Photo;
  /** 0 to 1. */
  readonly x: number;
  readonly y: number;
  readonly colorIndex: number;
  readonly className: string;
  readonly side: Side;
  /** Null while it is not known, or when the photo's class is none of the model's. */
  readonly isRight: boolean | null;
  /** Name of the class that is answered; null as above. */
  readonly answer: string | null;
}

export function mapPoints(
  kept: KeptMap,
  photos: ReadonlyMap<PhotoId, Photo>,
  classes: readonly ClassInfo[],
  runClasses: readonly ClassInfo[],
): readonly MapPoint[] {
  const infoOf = new Map(classes.map((info) => [info.id, info]));
  const runInfoOf = new Map(runClasses.map((info) => [info.id, info]));
  const points: MapPoint[] = [];
  for (const photo of photos.values()) {
    const place = placeOf(kept, photo.id);
    const info = infoOf.get(photo.classId);
    if (place === null || info === undefined) continue;
    const answered = runInfoOf.get(kept.answers.get(photo.id) ?? '');
    const isJudged = answered !== undefined && runInfoOf.has(photo.classId);
    points.push({
      id: photo.id,
      photo,
      x: place[0],
      y: place[1],
      colorIndex: info.colorIndex,
      className: info.name,
      side: photo.side,
      isRight: isJudged ? answered.id === photo.classId : null,
      answer: isJudged ? answered.name : null,
    });
  }
  return points;
}

function placeOf(kept: KeptMap, id: PhotoId): readonly [number, number] | null {
  const row = kept.rowOf.get(id);
  if (row === undefined) return kept.placed.get(id) ?? null;
  const { positions } = kept.map;
  return [positions[2 * row] ?? 0, positions[2 * row + 1] ?? 0];
}
