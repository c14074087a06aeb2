import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countFrame,
  EMPTY_COUNTER,
  MAX_LOGGED,
  resetCounter,
  startCounter,
  stopCounter,
  type AnswerCounter,
} from './answer-counter.ts';

/** 'aab.' : class a twice, b once, nothing said once. */
function watch(counter: AnswerCounter, frames: string, holdFrames: number): AnswerCounter {
  return [...frames].reduce((state, letter, i) => {
    const seen =
      letter === '.' ? null : { classId: letter, className: letter.toUpperCase(), probability: 1 };
    return countFrame(state, seen, { atMs: 1000 + i, holdFrames });
  }, counter);
}

const running = startCounter(EMPTY_COUNTER, 1000);

describe('countFrame', () => {
  it('counts a class once it is held, and once for as long as it stays', () => {
    expect(watch(running, 'aa', 3).counts).toEqual({});
    expect(watch(running, 'aaa', 3).counts).toEqual({ a: 1 });
    expect(watch(running, 'aaaaaaaaaa', 3).counts).toEqual({ a: 1 });
  });

  it('counts it again after something else, also after an answer that was withheld', () => {
    expect(watch(running, 'aaabbbaaa', 3).counts).toEqual({ a: 2, b: 1 });
    expect(watch(running, 'aaa.aaa', 3).counts).toEqual({ a: 2 });
  });

  it('is not counted up by flickering', () => {
    expect(watch(running, 'abababab', 2).counts).toEqual({});
  });

  it('counts as many stretches as are long enough, whatever the frames', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'b', '.'), { maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        (letters, hold) => {
          const frames = letters.join('');
          const stretches = frames.match(/a+|b+/g) ?? [];
          const wanted = stretches.filter((stretch) => stretch.length >= hold).length;
          const { counts, log } = watch(running, frames, hold);
          expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(wanted);
          expect(log.filter(({ kind }) => kind === 'counted')).toHaveLength(wanted);
        },
      ),
    );
  });

  it('does nothing while it stands still', () => {
    expect(watch(EMPTY_COUNTER, 'aaaa', 1)).toBe(EMPTY_COUNTER);
    const stopped = stopCounter(watch(running, 'aa', 1), 2000);
    expect(watch(stopped, 'bb', 1).counts).toEqual({ a: 1 });
  });
});

describe('the log', () => {
  it('tells when it was started, what was counted and when it was stopped', () => {
    const { log } = stopCounter(watch(running, 'aab', 2), 3000);
    expect(log).toEqual([
      { atMs: 1000, kind: 'started' },
      { atMs: 1001, kind: 'counted', className: 'A', probability: 1, count: 1 },
      { atMs: 3000, kind: 'stopped' },
    ]);
  });

  it('goes on counting when it is full', () => {
    const full = { ...running, log: Array.from({ length: MAX_LOGGED }, () => running.log[0]!) };
    const after = watch(full, 'a', 1);
    expect(after.log).toHaveLength(MAX_LOGGED);
    expect(after.isLogFull).toBe(true);
    expect(after.counts).toEqual({ a: 1 });
  });

  it('is empty after a reset, which does not stop it', () => {
    const again = resetCounter(watch(running, 'aa', 1), 4000);
    expect(again.counts).toEqual({});
    expect(again.log).toEqual([{ atMs: 4000, kind: 'started' }]);
    expect(resetCounter(stopCounter(again, 5000), 6000)).toBe(EMPTY_COUNTER);
  });
});
