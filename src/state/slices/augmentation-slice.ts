/** Cost and preview of augmented copies. The work itself is in the augmenter, which comes when wanted. */
import { augmentationOf } from '../../domain/augmentation.ts';
import type { Photo } from '../../domain/photo.ts';
import type { AugmentationSlice } from '../augmentation-state.ts';
import type { SliceTools } from '../slice-tools.ts';

export function createAugmentationSlice(tools: SliceTools): AugmentationSlice {
  const { get, augmenter } = tools;

  function trainingPhotos(): readonly Photo[] {
    return [...get().photos.values()].filter((photo) => photo.side === 'train');
  }

  return {
    augmentation: { progress: null, msPerCopy: null },
    async augmentationCost() {
      const augmentation = augmentationOf(get().hyperparameters);
      const photos = trainingPhotos();
      const { copies } = augmentation;
      if (copies === 0 || get().backboneStatus.kind !== 'ready') {
        return { copies, photos: photos.length, missing: 0, estimatedMs: null };
      }
      const missing = await (await augmenter()).countMissing(photos, augmentation);
      const { msPerCopy } = get().augmentation;
      const estimatedMs = msPerCopy === null ? null : msPerCopy * missing;
      return { copies, photos: photos.length, missing, estimatedMs };
    },
    async previewAugmentation(photoId) {
      const photos = trainingPhotos();
      const photo = photos.find(({ id }) => id === photoId) ?? photos[0];
      if (photo === undefined || get().backboneStatus.kind !== 'ready') return null;
      return (await augmenter()).preview(photo, augmentationOf(get().hyperparameters));
    },
  };
}
