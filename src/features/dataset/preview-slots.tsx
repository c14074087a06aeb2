/** What other rooms put into the large view of a photo, handed in by the app: rooms do not import each other. */
import { createContext, useContext, type ComponentType } from 'react';
import type { PhotoId } from '../../domain/photo.ts';

export interface PreviewSlots {
  /** Why the model answers as it does for this photo. */
  readonly Why?: ComponentType<{ readonly photoId: PhotoId }>;
}

export const PreviewSlotsContext = createContext<PreviewSlots>({});

export function usePreviewSlots(): PreviewSlots {
  return useContext(PreviewSlotsContext);
}
