/** The view chosen above the middle of the screen. Views come in chunks of their own, with the first use. */
import { lazy, Suspense, type ComponentType } from 'react';
import type { View } from '../state/store-types.ts';

const VIEWS: Readonly<Record<Exclude<View, 'train'>, ComponentType>> = {
  runs: lazy(async () => ({
    default: (await import('../features/experiments/runs-room.tsx')).RunsRoom,
  })),
  evaluation: lazy(async () => ({
    default: (await import('../features/evaluation/evaluation-room.tsx')).EvaluationRoom,
  })),
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
