/** Every answer of the camera, once, to the counter. */
import { useEffect } from 'react';
import { countFrame } from '../../domain/answer-counter.ts';
import type { AppState, Prediction } from '../../state/store-types.ts';
import { useAppHandle } from '../../state/use-app.tsx';
import { readAnswer } from './read-answer.ts';

/** Listens by itself: a component that followed every answer would be drawn again with each. */
export function useCounting(isLive: boolean): void {
  const { store } = useAppHandle();
  useEffect(() => {
    if (!isLive) return;
    return store.subscribe((state, before) => {
      const { prediction } = state;
      if (prediction === before.prediction || prediction?.source !== 'camera') return;
      count(state, prediction);
    });
  }, [store, isLive]);
}

function count({ counter, setCounter, trySettings }: AppState, prediction: Prediction): void {
  if (!counter.isRunning) return;
  const answer = prediction.withheld === null ? readAnswer(prediction) : null;
  const seen =
    answer === null
      ? null
      : {
          classId: answer.top.id,
          className: answer.top.name,
          probability: answer.probability,
        };
  setCounter(countFrame(counter, seen, { atMs: Date.now(), holdFrames: trySettings.holdFrames }));
}
