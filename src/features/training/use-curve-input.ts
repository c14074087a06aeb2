/**
 * What pointer and keys on the charts do. The charts report an epoch whatever it came from, so the
 * kind of input is noted on its way in: hovering only reads, pressing and keys go to the epoch.
 */
import { useCallback, useMemo, useRef, useState, type PointerEvent } from 'react';
import { keptEpochToward } from '../../domain/head-history.ts';
import { patienceForStop, patienceStep } from '../../domain/stopping-rule.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';

export interface CurveInput {
  readonly cursorEpoch: number | null;
  readonly onCursorEpoch: (epoch: number | null) => void;
  readonly onStopDrag: (epoch: number) => void;
  /** For the element around the charts. */
  readonly watch: {
    readonly onPointerDownCapture: () => void;
    readonly onPointerDown: (event: PointerEvent) => void;
    readonly onPointerMoveCapture: (event: PointerEvent) => void;
    readonly onKeyDownCapture: () => void;
  };
}

export function useCurveInput(isRunning: boolean): CurveInput {
  const { store } = useAppHandle();
  const chosenEpoch = useApp((state) => state.lab.chosenEpoch);
  const [hovered, setHovered] = useState<number | null>(null);
  const kind = useRef<'hover' | 'press' | 'key'>('hover');

  const onCursorEpoch = useCallback(
    (epoch: number | null) => {
      const { lab, chooseEpoch } = store.getState();
      const { keptEpochs, ruleEpoch } = lab;
      const canTravel = !isRunning && keptEpochs.length > 1;
      if (kind.current === 'hover' || !canTravel) {
        setHovered(epoch);
        return;
      }
      setHovered(null);
      if (epoch === null) {
        // The mouse leaving after a press keeps the epoch; Escape gives it up.
        if (kind.current === 'key') chooseEpoch(null);
        return;
      }
      const current = lab.chosenEpoch ?? ruleEpoch ?? epoch;
      chooseEpoch(kind.current === 'key' ? keptEpochToward(keptEpochs, current, epoch) : epoch);
    },
    [store, isRunning],
  );

  const onStopDrag = useCallback(
    (epoch: number) => {
      const { currentRun, hyperparameters, setHyperparameter } = store.getState();
      if (currentRun === null) return;
      const { metrics } = currentRun;
      const patience =
        kind.current === 'key'
          ? patienceStep(metrics, hyperparameters, epoch)
          : patienceForStop(metrics, hyperparameters, epoch);
      if (patience !== null) setHyperparameter('patience', patience);
    },
    [store],
  );

  const watch = useMemo(
    () => ({
      onPointerDownCapture: () => {
        kind.current = 'press';
      },
      // The chart says nothing when the epoch pressed on is the one that was hovered already.
      onPointerDown: (event: PointerEvent) => {
        const onSlider = event.target instanceof Element && event.target.role === 'slider';
        if (onSlider && hovered !== null && event.button === 0) onCursorEpoch(hovered);
      },
      onPointerMoveCapture: (event: PointerEvent) => {
        kind.current = event.buttons === 0 ? 'hover' : 'press';
      },
      onKeyDownCapture: () => {
        kind.current = 'key';
      },
    }),
    [hovered, onCursorEpoch],
  );
  return {
    cursorEpoch: hovered ?? (isRunning ? null : chosenEpoch),
    onCursorEpoch,
    onStopDrag,
    watch,
  };
}
