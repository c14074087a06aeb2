/** Findings about how many photos there are: too few for an honest validation, classes out of balance. */
import type { Finding } from './finding.ts';
import type { ClassInfo, Photo } from './photo.ts';
import { describeSplit, type ClassSplit } from './split.ts';

/** With fewer validation photos, one photo moves the accuracy of the class by more than 20 points. */
export const FEWEST_VALIDATION = 5;
/** The largest class has this many times the photos of the smallest. */
export const OUT_OF_BALANCE = 4;

export function balanceFindings(
  classes: readonly ClassInfo[],
  photos: readonly Photo[],
  validationShare: number,
): readonly Finding[] {
  const filled = describeSplit(
    photos,
    classes.map((info) => info.id),
  ).filter((split) => split.issue !== 'empty');
  return [
    ...filled.flatMap((split) => thinValidation(split, photos, validationShare)),
    ...outOfBalance(filled),
  ];
}

function thinValidation(
  split: ClassSplit,
  photos: readonly Photo[],
  validationShare: number,
): readonly Finding[] {
  const { classId } = split;
  const { train, validation, test } = split.photos;
  const total = train + validation + test;
  const isOneGroup = split.issue === 'one-group';
  if (!isOneGroup && validation >= FEWEST_VALIDATION) return [];
  const kind = isOneGroup ? 'one-group' : 'few-photos';
  const needed = Math.ceil(FEWEST_VALIDATION / validationShare);
  const members = isOneGroup ? photos.filter((photo) => photo.classId === classId) : [];
  const photoIds = members.map((photo) => photo.id);
  const isRecording = members.every((photo) => photo.origin.burstId !== undefined);
  return [
    {
      id: `${kind}/${classId}`,
      kind,
      photoIds,
      sets: photoIds.length === 0 ? [] : [photoIds],
      classIds: [classId],
      figures: {
        photos: total,
        validation,
        missing: Math.max(1, needed - total),
        isRecording: isOneGroup && isRecording ? 1 : 0,
      },
    },
  ];
}

function outOfBalance(filled: readonly ClassSplit[]): readonly Finding[] {
  if (filled.length < 2) return [];
  const size = ({ photos }: ClassSplit): number => photos.train + photos.validation + photos.test;
  const bySize = filled.toSorted((a, b) => size(a) - size(b));
  const [smallest, largest] = [bySize[0], bySize.at(-1)];
  if (smallest === undefined || largest === undefined) return [];
  const ratio = size(largest) / size(smallest);
  if (ratio < OUT_OF_BALANCE) return [];
  return [
    {
      id: 'imbalance',
      kind: 'imbalance',
      photoIds: [],
      sets: [],
      classIds: [smallest.classId, largest.classId],
      figures: { smallest: size(smallest), largest: size(largest), ratio },
    },
  ];
}
