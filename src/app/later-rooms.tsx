/** The rooms that an empty project does without: they come in chunks of their own, right after it. */
import { lazy, Suspense } from 'react';
import { later } from './later.tsx';

const loadTraining = () => import('../features/training/training-room.tsx');
const loadPredict = () => import('../features/predict/predict-room.tsx');

const LazyTraining = lazy(async () => ({ default: (await loadTraining()).TrainingRoom }));
const LazyPredict = lazy(async () => ({ default: (await loadPredict()).PredictRoom }));

const PREDICT_SLOTS = {
  Overlay: later(async () => (await import('../features/explain/try-overlay.tsx')).TryOverlay),
  Controls: later(async () => (await import('../features/explain/try-controls.tsx')).TryControls),
};

export const PREVIEW_SLOTS = {
  Why: later(async () => (await import('../features/explain/why-photo.tsx')).WhyPhoto),
};

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
      <LazyPredict slots={PREDICT_SLOTS} />
    </Suspense>
  );
}

/** Fetches them ahead, so that the first photos do not wait for code. A failure shows when they are used. */
export function preloadLaterRooms(): void {
  void Promise.allSettled([loadTraining(), loadPredict()]);
}
