/** From photos to the rows the trainer works on: order, labels, sides, and a fingerprint of it all. */
import { datasetFingerprint, photosFingerprint } from '../../domain/fingerprint.ts';
import type { ClassInfo, Photo } from '../../domain/photo.ts';
import type { TrainingObstacle } from '../store-types.ts';

export interface TrainingRows {
  readonly photos: readonly Photo[];
  readonly labels: Int32Array;
  readonly trainRows: Int32Array;
  readonly validationRows: Int32Array;
  readonly classes: readonly ClassInfo[];
  readonly fingerprint: string;
  /** Without the sides. */
  readonly photosFingerprint: string;
}

/** Classes without photos are left out of the head; photos of the test side are never rows. */
export function collectTrainingRows(
  classes: readonly ClassInfo[],
  photos: ReadonlyMap<string, Photo>,
): TrainingRows {
  const used = classes.filter((info) => someInClass(photos, info.id));
  const indexOf = new Map(used.map((info, i) => [info.id, i]));
  const rows = [...photos.values()]
    .filter((photo) => photo.side !== 'test' && indexOf.has(photo.classId))
    // In the order of the pictures, not of their arrival: equal data then gives equal runs.
    .sort(
      (a, b) =>
        byText(a.imageHash, b.imageHash) ||
        (indexOf.get(a.classId) ?? 0) - (indexOf.get(b.classId) ?? 0) ||
        byText(a.side, b.side),
    );
  const rowsOf = (side: 'train' | 'validation'): Int32Array =>
    Int32Array.from(rows.flatMap((photo, i) => (photo.side === side ? [i] : [])));
  return {
    photos: rows,
    labels: Int32Array.from(rows, (photo) => indexOf.get(photo.classId) ?? 0),
    trainRows: rowsOf('train'),
    validationRows: rowsOf('validation'),
    classes: used,
    fingerprint: datasetFingerprint(rows, used),
    photosFingerprint: photosFingerprint(rows, used),
  };
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function someInClass(photos: ReadonlyMap<string, Photo>, classId: string): boolean {
  for (const photo of photos.values()) if (photo.classId === classId) return true;
  return false;
}

/** Why these photos cannot be trained on; null when they can. */
export function datasetObstacle(
  classes: readonly ClassInfo[],
  photos: ReadonlyMap<string, Photo>,
): TrainingObstacle | null {
  if (photos.size === 0) return { code: 'no-photos' };
  const training = new Map<string, number>();
  const all = new Map<string, number>();
  for (const photo of photos.values()) {
    all.set(photo.classId, (all.get(photo.classId) ?? 0) + 1);
    if (photo.side === 'train') training.set(photo.classId, (training.get(photo.classId) ?? 0) + 1);
  }
  const filled = classes.filter((info) => (all.get(info.id) ?? 0) > 0);
  if (filled.length < 2) return { code: 'one-class' };
  for (const info of filled) {
    const count = training.get(info.id) ?? 0;
    if (count === 0) return { code: 'class-too-small', className: info.name, count };
  }
  return null;
}

export interface RowsWithCopies {
  readonly labels: Int32Array;
  readonly trainRows: Int32Array;
  readonly validationRows: Int32Array;
  readonly count: number;
}

/**
 * Rows of augmented copies behind those of the photos: all copies of the first training row, then of
 * the second, … A copy has its photo's label and stands on the training side; validation rows have
 * none. Without copies the rows are what they were.
 */
export function withCopies(
  { photos, labels, trainRows, validationRows }: TrainingRows,
  copies: number,
): RowsWithCopies {
  const extra = trainRows.length * copies;
  const count = photos.length + extra;
  const allLabels = new Int32Array(count);
  allLabels.set(labels);
  const allTrainRows = new Int32Array(trainRows.length + extra);
  allTrainRows.set(trainRows);
  for (let i = 0; i < extra; i++) {
    allLabels[photos.length + i] = labels[trainRows[Math.floor(i / copies)] ?? 0] ?? 0;
    allTrainRows[trainRows.length + i] = photos.length + i;
  }
  return { labels: allLabels, trainRows: allTrainRows, validationRows, count };
}

/**
 * The same rows for a head that goes on: its own classes first, in its own order, with photos or
 * without; classes that it does not know behind them.
 */
export function continuedRows(rows: TrainingRows, known: readonly ClassInfo[]): TrainingRows {
  const ids = new Set(known.map((info) => info.id));
  const classes = [...known, ...rows.classes.filter((info) => !ids.has(info.id))];
  const indexOf = new Map(classes.map((info, i) => [info.id, i]));
  return {
    ...rows,
    classes,
    labels: rows.labels.map((label) => indexOf.get(rows.classes[label]?.id ?? '') ?? 0),
  };
}

/** Going on needs photos of one class only: the others are in the head already. */
export function continuedDatasetObstacle(
  photos: ReadonlyMap<string, Photo>,
): TrainingObstacle | null {
  if (photos.size === 0) return { code: 'no-photos' };
  for (const photo of photos.values()) if (photo.side === 'train') return null;
  return { code: 'no-training-photos' };
}
