/**
 * The answer as it is shown: the camera's a few times a second, however often it is answered, since
 * nobody reads faster and each showing costs the page more than the answer itself; all others at once.
 */
import type { Prediction } from '../../state/store-types.ts';

export const SHOWN_EVERY_MS = 80;

export interface CalmView {
  readonly getSnapshot: () => Prediction | null;
  readonly subscribe: (listener: () => void) => () => void;
}

export interface PredictionSource {
  readonly current: () => Prediction | null;
  /** Tells of every change, and gives the way to stop. */
  readonly listen: (onChange: () => void) => () => void;
}

/** For `useSyncExternalStore`; one view for one component. */
export function createCalmView(source: PredictionSource): CalmView {
  let shown = source.current();
  let shownAt = -Infinity;

  return {
    getSnapshot: () => shown,
    subscribe(listener) {
      let timer: ReturnType<typeof setTimeout> | null = null;
      const show = (): void => {
        if (timer !== null) clearTimeout(timer);
        timer = null;
        const next = source.current();
        if (next === shown) return;
        shown = next;
        shownAt = performance.now();
        listener();
      };
      const stop = source.listen(() => {
        if (timer !== null && mayWait(shown, source.current())) return;
        const waitMs = shownAt + SHOWN_EVERY_MS - performance.now();
        if (waitMs <= 0 || !mayWait(shown, source.current())) show();
        else timer = setTimeout(show, waitMs);
      });
      // What came between the first drawing and this.
      show();
      return () => {
        stop();
        if (timer !== null) clearTimeout(timer);
      };
    },
  };
}

/** Only the next frame of the same camera, asked of the same head. */
function mayWait(before: Prediction | null, next: Prediction | null): boolean {
  if (before?.source !== 'camera' || next?.source !== 'camera') return false;
  return before.runId === next.runId && before.epoch === next.epoch;
}
