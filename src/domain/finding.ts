/** What a finding is: something in the photos that may falsify a score, and what it is about. */
import type { ClassId, Photo, PhotoId } from './photo.ts';

/** In the order in which they are shown: what falsifies results first. */
export const FINDING_KINDS = [
  'leak',
  'two-classes',
  'nearly-two-classes',
  'few-photos',
  'one-group',
  'imbalance',
  'same-background',
  'same-size',
  'exact-copies',
  'near-copies',
  'recordings',
  'one-colour',
  'dark',
  'bright',
  'blurred',
  'tiny',
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export interface Finding {
  /** The kind, and the class it is about where there is one: the same again after a reload. */
  readonly id: string;
  readonly kind: FindingKind;
  /** Everything concerned, each photo once. */
  readonly photoIds: readonly PhotoId[];
  /** Those of them that belong together: copies of one picture, frames of one recording. */
  readonly sets: readonly (readonly PhotoId[])[];
  /** Classes it is about, the one to act on first. */
  readonly classIds: readonly ClassId[];
  /** Numbers for the sentence, by kind. */
  readonly figures: Readonly<Record<string, number>>;
}

/** One finding over several sets; null when there is none. */
export function findingOfSets(
  kind: FindingKind,
  sets: readonly (readonly Photo[])[],
  figures: Finding['figures'] = {},
): Finding | null {
  if (sets.length === 0) return null;
  const ids = sets.map((set) => set.map((photo) => photo.id));
  const photoIds = [...new Set(ids.flat())];
  const classIds = [...new Set(sets.flatMap((set) => set.map((photo) => photo.classId)))];
  return { id: kind, kind, photoIds, sets: ids, classIds, figures };
}

export function isFinding(finding: Finding | null): finding is Finding {
  return finding !== null;
}

/** What was dismissed: enough to notice when it has grown, little enough to keep for good. */
export interface Dismissal {
  readonly photos: number;
  /** Arrival of the newest photo concerned, milliseconds since the epoch; 0 without photos. */
  readonly newestAt: number;
}

export function dismissalOf(finding: Finding, photos: ReadonlyMap<PhotoId, Photo>): Dismissal {
  let newestAt = 0;
  for (const id of finding.photoIds) newestAt = Math.max(newestAt, photos.get(id)?.addedAt ?? 0);
  return { photos: finding.photoIds.length, newestAt };
}

/** A finding stays dismissed until it is about more photos, or about newer ones. */
export function isDismissed(
  finding: Finding,
  photos: ReadonlyMap<PhotoId, Photo>,
  dismissal: Dismissal | undefined,
): boolean {
  if (dismissal === undefined) return false;
  const now = dismissalOf(finding, photos);
  return now.photos <= dismissal.photos && now.newestAt <= dismissal.newestAt;
}
