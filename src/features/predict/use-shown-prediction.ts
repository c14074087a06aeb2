/** The answer on screen; see `calm-view`. */
import { useState, useSyncExternalStore } from 'react';
import { useAppHandle } from '../../state/use-app.tsx';
import type { Prediction } from '../../state/store-types.ts';
import { createCalmView } from './calm-view.ts';

export function useShownPrediction(): Prediction | null {
  const { store } = useAppHandle();
  const [view] = useState(() =>
    createCalmView({
      current: () => store.getState().prediction,
      listen: (onChange) =>
        store.subscribe((state, before) => {
          if (state.prediction !== before.prediction) onChange();
        }),
    }),
  );
  return useSyncExternalStore(view.subscribe, view.getSnapshot);
}
