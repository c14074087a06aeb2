/** The panel that a chip or a door opened. Panels come in chunks of their own, with the first use. */
import { lazy, Suspense, type ComponentType } from 'react';
import type { OpenPanel as PanelName } from '../state/store-types.ts';
import { useApp } from '../state/use-app.tsx';

const PANELS: Readonly<Record<Exclude<PanelName, null>, ComponentType>> = {
  backbone: lazy(async () => ({
    default: (await import('../features/backbone/backbone-room.tsx')).BackboneRoom,
  })),
  backend: lazy(async () => ({
    default: (await import('../features/backends/backend-room.tsx')).BackendRoom,
  })),
  glossary: lazy(async () => ({
    default: (await import('../features/glossary/glossary-room.tsx')).GlossaryRoom,
  })),
  import: lazy(async () => ({
    default: (await import('../features/transfer/import-room.tsx')).ImportRoom,
  })),
  projects: lazy(async () => ({
    default: (await import('../features/projects/projects-room.tsx')).ProjectsRoom,
  })),
  share: lazy(async () => ({
    default: (await import('../features/transfer/share-room.tsx')).ShareRoom,
  })),
  samples: lazy(async () => ({
    default: (await import('../features/samples/samples-room.tsx')).SamplesRoom,
  })),
  setup: lazy(async () => ({
    default: (await import('../features/experiments/setup-room.tsx')).SetupRoom,
  })),
  storage: lazy(async () => ({
    default: (await import('../features/storage-status/storage-room.tsx')).StorageRoom,
  })),
};

export function OpenPanel() {
  const openPanel = useApp((state) => state.openPanel);
  if (openPanel === null) return null;
  const Panel = PANELS[openPanel];
  return (
    <Suspense fallback={null}>
      <Panel />
    </Suspense>
  );
}
