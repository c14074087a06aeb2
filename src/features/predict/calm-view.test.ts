import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Prediction } from '../../state/store-types.ts';
import { createCalmView, SHOWN_EVERY_MS } from './calm-view.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

function answer(elapsedMs: number, changes: Partial<Prediction> = {}): Prediction {
  return {
    classes: [],
    probabilities: [],
    runId: 'run',
    epoch: 1,
    withheld: null,
    source: 'camera',
    fileName: null,
    elapsedMs,
    ...changes,
  };
}

function setUp(first: Prediction | null = null) {
  let current = first;
  let onChange: (() => void) | null = null;
  const view = createCalmView({
    current: () => current,
    listen: (listener) => {
      onChange = listener;
      return () => {
        onChange = null;
      };
    },
  });
  const shown: (number | null)[] = [];
  const stop = view.subscribe(() => {
    shown.push(view.getSnapshot()?.elapsedMs ?? null);
  });
  const give = (next: Prediction | null): void => {
    current = next;
    onChange?.();
  };
  return { give, shown, stop, view };
}

describe('the calm view', () => {
  it('shows the camera’s first answer at once, the next ones at intervals, the newest each time', () => {
    const { give, shown } = setUp();
    for (let i = 1; i <= 9; i++) {
      give(answer(i));
      vi.advanceTimersByTime(20);
    }
    // At 0, 80 and 160 ms; what was given at those moments comes a moment later.
    expect(shown).toEqual([1, 4, 8]);
    vi.advanceTimersByTime(SHOWN_EVERY_MS);
    expect(shown).toEqual([1, 4, 8, 9]);
  });

  it.each([
    ['a photo', answer(2, { source: 'photo' })],
    ['nothing', null],
    ['another run', answer(2, { runId: 'other' })],
    ['another head', answer(2, { epoch: 2 })],
  ])('does not wait with %s, and shows no older answer after it', (_name, next) => {
    const { give, shown } = setUp();
    give(answer(0));
    give(answer(1));
    give(next);
    expect(shown).toEqual([0, next?.elapsedMs ?? null]);
    vi.advanceTimersByTime(10 * SHOWN_EVERY_MS);
    expect(shown).toHaveLength(2);
  });

  it('shows photos one after the other without waiting', () => {
    const { give, shown } = setUp();
    for (let i = 0; i < 3; i++) give(answer(i, { source: 'photo' }));
    expect(shown).toEqual([0, 1, 2]);
  });

  it('is quiet once nobody listens', () => {
    const { give, shown, stop, view } = setUp();
    give(answer(0));
    give(answer(1));
    stop();
    vi.advanceTimersByTime(10 * SHOWN_EVERY_MS);
    expect(shown).toEqual([0]);
    expect(view.getSnapshot()?.elapsedMs).toBe(0);
  });
});
