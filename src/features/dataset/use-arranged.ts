/**
 * Filter and order, applied class by class. What they are comes from a part of the room that is loaded
 * later; here it is only a function. A class that did not change keeps its very list.
 */
import { useMemo } from 'react';
import type { Photo } from '../../domain/photo.ts';
import type { ClassPhotos } from '../../state/selectors/photos-by-class.ts';

/** The photos to show of a class; null: the class is not shown. Must depend on nothing else. */
export type Arrange = (entry: ClassPhotos) => readonly Photo[] | null;

export interface ArrangedClass {
  readonly entry: ClassPhotos;
  readonly photos: readonly Photo[];
}

export function useArranged(
  entries: readonly ClassPhotos[],
  arrange: Arrange | null,
): readonly ArrangedClass[] {
  const remembered = useMemo(() => (arrange === null ? null : remember(arrange)), [arrange]);
  return useMemo(
    () =>
      entries.flatMap((entry) => {
        const photos = remembered === null ? entry.photos : remembered(entry);
        return photos === null ? [] : [{ entry, photos }];
      }),
    [entries, remembered],
  );
}

function remember(arrange: Arrange): Arrange {
  const made = new WeakMap<readonly Photo[], readonly Photo[] | null>();
  return (entry) => {
    const known = made.get(entry.photos);
    if (known !== undefined) return known;
    const photos = arrange(entry);
    made.set(entry.photos, photos);
    return photos;
  };
}
