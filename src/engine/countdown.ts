/**
 * A deadline that survives a sleeping laptop. On waking, a single long timer fires before the
 * messages that wait in the queue, and a healthy worker would be taken for a hung one. Counting in
 * four steps, a sleep uses up one step at most and the messages are read before the next.
 */
const STEPS = 4;

export interface Countdown {
  restart(): void;
  stop(): void;
}

export function startCountdown(durationMs: number, onEnd: () => void): Countdown {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const step = (left: number): void => {
    timer = setTimeout(() => {
      if (left > 1) step(left - 1);
      else onEnd();
    }, durationMs / STEPS);
  };
  const stop = (): void => clearTimeout(timer);
  step(STEPS);
  return {
    restart: () => {
      stop();
      step(STEPS);
    },
    stop,
  };
}
