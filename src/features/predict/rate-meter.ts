/** How many answers a second the camera gets, over a short window so that the number keeps still. */
export interface RateMeter {
  /** Call once per answer, with the time in milliseconds. */
  tick(nowMs: number): void;
  /** Answers a second over the window; null until two answers are known. */
  perSecond(): number | null;
}

const WINDOW_MS = 2_000;

export function createRateMeter(windowMs = WINDOW_MS): RateMeter {
  let times: number[] = [];
  return {
    tick(nowMs) {
      times = times.filter((time) => nowMs - time < windowMs);
      times.push(nowMs);
    },
    perSecond() {
      const [first] = times;
      const last = times.at(-1);
      if (first === undefined || last === undefined || last <= first) return null;
      return ((times.length - 1) * 1000) / (last - first);
    },
  };
}
