/** Which classes have too few validation photos for the validation curve to mean much. */
import type { ClassPhotos } from '../../state/selectors/photos-by-class.ts';

/** With fewer, one photo moves the accuracy of the class by more than 20 points. */
export const FEW_VALIDATION_PHOTOS = 5;

/** Names of classes that have photos but no validation photo, and of those that have a few only. */
export function thinValidation(
  entries: readonly Pick<ClassPhotos, 'info' | 'photos' | 'validation'>[],
): { readonly none: readonly string[]; readonly few: readonly string[] } {
  const filled = entries.filter((entry) => entry.photos.length > 0);
  const names = (wanted: (validation: number) => boolean): readonly string[] =>
    filled.filter((entry) => wanted(entry.validation)).map((entry) => entry.info.name);
  return {
    none: names((count) => count === 0),
    few: names((count) => count > 0 && count < FEW_VALIDATION_PHOTOS),
  };
}
