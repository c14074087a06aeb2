/** Every answer of the camera, once, to the counter. */
import { useEffect } from 'react';
import { countFrame } from '../../domain/answer-counter.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';
import { readAnswer } from './read-answer.ts';

export function useCounting(isLive: boolean): void {
  const { store } = useAppHandle();
  const prediction = useApp((state) => state.prediction);
  useEffect(() => {
    if (!isLive || prediction?.source !== 'camera') return;
    const { counter, setCounter, trySettings } = store.getState();
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
  }, [store, prediction, isLive]);
}
