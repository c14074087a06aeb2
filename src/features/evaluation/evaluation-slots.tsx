/** What other rooms put into this one, handed in by the app: rooms do not import each other. */
import { createContext, useContext, type ComponentType } from 'react';
import type { PhotoId } from '../../domain/photo.ts';

export interface EvaluationSlots {
  /** Content of the tab with the map of all photos; without it there is no such tab. */
  readonly Map?: ComponentType;
  /** Shown with an opened photo: why the model answered what it answered. */
  readonly Why?: ComponentType<{ readonly photoId: PhotoId }>;
  /** Shown on the tab of mistakes, over the whole set: what the answers rest on. */
  readonly Evidence?: ComponentType;
}

export const EvaluationSlotsContext = createContext<EvaluationSlots>({});

export function useEvaluationSlots(): EvaluationSlots {
  return useContext(EvaluationSlotsContext);
}
