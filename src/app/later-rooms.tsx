/** The rooms that an empty project does without: they come in chunks of their own, right after it. */
import { lazy, Suspense } from 'react';

const loadTraining = () => import('../features/training/training-room.tsx');
const loadPredict = () => import('../features/predict/predict-room.tsx');

const LazyTraining = lazy(async () => ({ default: (await loadTraining()).TrainingRoom }));
const LazyPredict = lazy(async () => ({ default: (await loadPredict()).PredictRoom }));

export function TrainingRoom() {
  return (
    <Suspense fallback={null}>
      <LazyTraining />
    </Suspense>
  );
}

export function PredictRoom() {
  return (
    <Suspense fallback={null}>
      <LazyPredict />
    </Suspense>
  );
}

/** Fetches them ahead, so that the first photos do not wait for code. A failure shows when they are used. */
export function preloadLaterRooms(): void {
  void Promise.allSettled([loadTraining(), loadPredict()]);
}
