/** The same picture under two labels, as far as the photos of the project go. */
import { useMemo } from 'react';
import { findSameUnderTwoClasses, type LabelClash } from '../../domain/near-duplicates.ts';
import { useApp } from '../../state/use-app.tsx';

export function useSameLooking(): readonly LabelClash[] {
  const photos = useApp((state) => state.photos);
  return useMemo(() => findSameUnderTwoClasses(photos.values()), [photos]);
}
