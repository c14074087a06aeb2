/** The view chosen above the middle of the screen. Views come in chunks of their own, with the first use. */
import { lazy, Suspense, type ComponentType } from 'react';
import { later } from './later.tsx';
import type { View } from '../state/store-types.ts';

/** Parts of other rooms that the evaluation shows. */
const EVALUATION_SLOTS = {
  Evidence: later(
    async () => (await import('../features/explain/background-check.tsx')).BackgroundCheck,
  ),
  Map: later(async () => (await import('../features/explain/photo-map-tab.tsx')).PhotoMapTab),
  Why: later(async () => (await import('../features/explain/why-photo.tsx')).WhyPhoto),
};

const VIEWS: Readonly<Record<Exclude<View, 'train'>, ComponentType>> = {
  runs: lazy(async () => ({
    default: (await import('../features/experiments/runs-room.tsx')).RunsRoom,
  })),
  evaluation: lazy(async () => {
    const { EvaluationRoom } = await import('../features/evaluation/evaluation-room.tsx');
    return { default: () => <EvaluationRoom slots={EVALUATION_SLOTS} /> };
  }),
  model: lazy(async () => ({
    default: (await import('../features/model-export/model-room.tsx')).ModelRoom,
  })),
};

export function OpenView({ view }: { view: Exclude<View, 'train'> }) {
  const Room = VIEWS[view];
  return (
    <Suspense fallback={null}>
      <Room />
    </Suspense>
  );
}
