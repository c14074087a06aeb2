/** What can be done with runs, from event handlers: `withShelf((shelf) => shelf.pin(id, true))`. */
import { useCallback } from 'react';
import type { RunShelf } from '../../state/services/run-shelf.ts';
import { useAppHandle } from '../../state/use-app.tsx';

export type WithShelf = (work: (shelf: RunShelf) => unknown) => void;

export function useRunShelf(): WithShelf {
  const { tools } = useAppHandle();
  return useCallback(
    (work) => {
      // It came with the room; a failure inside is told by the service itself.
      tools
        .runShelf()
        .then(work)
        .catch(() => undefined);
    },
    [tools],
  );
}
