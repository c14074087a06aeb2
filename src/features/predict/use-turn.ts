/** Turns the camera's picture by a quarter, clockwise. */
import { useCallback } from 'react';
import { useApp, useAppHandle } from '../../state/use-app.tsx';

const NEXT_TURNS = { 0: 1, 1: 2, 2: 3, 3: 0 } as const;

export function useTurn(): () => void {
  const { store } = useAppHandle();
  const change = useApp((state) => state.setTrySettings);
  return useCallback(() => {
    change({ turns: NEXT_TURNS[store.getState().trySettings.turns] });
  }, [change, store]);
}
