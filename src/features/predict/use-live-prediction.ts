/**
 * Camera frames to answers. Two frames are under way, one being made ready while the other is embedded;
 * the next is taken when one of them is answered, so that a slow machine gets fewer answers instead of
 * a queue of old ones.
 */
import { useEffect, useState } from 'react';
import { useApp } from '../../state/use-app.tsx';
import type { Camera } from '../../ui/camera/use-camera.ts';
import { createRateMeter, type RateMeter } from './rate-meter.ts';

/** Between two looks at a camera that has no picture yet, or an engine that takes none now. */
const IDLE_WAIT_MS = 100;
const RATE_SHOWN_EVERY_MS = 500;
/** Between two frames: no more are taken than a screen can show. */
const SHORTEST_FRAME_MS = 16;
/** An answer faster than this was none: the frame was dropped. */
const SHORTEST_ANSWER_MS = 1;

/** Returns answers a second, null until known. A frozen picture is answered once, by itself. */
export function useLivePrediction({ grab, isFrozen }: Camera, isRunning: boolean): number | null {
  const predictFrame = useApp((state) => state.predictFrame);
  const turns = useApp((state) => state.trySettings.turns);
  const [rate, setRate] = useState<number | null>(null);
  useEffect(() => {
    if (!isRunning) return;
    let isOver = false;
    let isAnswered = false;
    void answerFrames({
      isStill: isFrozen,
      isOver: () => isOver || (isFrozen && isAnswered),
      onRate: setRate,
      async answer() {
        const frame = await grab(turns);
        if (frame === null) return false;
        if (isOver) {
          frame.close();
          return false;
        }
        const startedAt = performance.now();
        await predictFrame(frame, isFrozen);
        isAnswered = performance.now() - startedAt >= SHORTEST_ANSWER_MS;
        return isAnswered;
      },
    });
    return () => {
      isOver = true;
    };
  }, [grab, turns, predictFrame, isRunning, isFrozen]);
  return isRunning && !isFrozen ? rate : null;
}

interface FrameLoop {
  readonly isOver: () => boolean;
  /** Resolves with whether a frame was answered. */
  readonly answer: () => Promise<boolean>;
  readonly onRate: (perSecond: number | null) => void;
}

const LANES = 2;

async function answerFrames(loop: FrameLoop & { readonly isStill: boolean }): Promise<void> {
  const meter = createRateMeter();
  const pace = createPace();
  const lanes = Array.from({ length: loop.isStill ? 1 : LANES }, () =>
    answerLane(loop, meter, pace),
  );
  await Promise.all(lanes);
}

/**
 * Resolves when the next frame may be taken. Not the page's next drawing: where the page is slow to
 * draw, the workers would wait for it although they have nothing to do with it.
 */
function createPace(): () => Promise<void> {
  let nextAt = -Infinity;
  return async () => {
    const now = performance.now();
    const waitMs = nextAt - now;
    nextAt = Math.max(now, nextAt) + SHORTEST_FRAME_MS;
    if (waitMs > 0) await new Promise((resolve) => setTimeout(resolve, waitMs));
  };
}

async function answerLane(
  { isOver, answer, onRate }: FrameLoop,
  meter: RateMeter,
  pace: () => Promise<void>,
): Promise<void> {
  let shownAt = performance.now();
  while (!isOver()) {
    await pace();
    const wasAnswered = await answer().catch(() => false);
    if (isOver()) return;
    if (!wasAnswered) {
      await new Promise((resolve) => setTimeout(resolve, IDLE_WAIT_MS));
      continue;
    }
    const now = performance.now();
    meter.tick(now);
    if (now - shownAt > RATE_SHOWN_EVERY_MS) {
      shownAt = now;
      onRate(meter.perSecond());
    }
  }
}
