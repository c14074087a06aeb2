import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EpochMetrics } from '../domain/metrics.ts';
import { createMetricLog } from './metric-log.ts';

const epoch = (n: number): EpochMetrics => ({
  epoch: n,
  trainLoss: 1,
  trainAccuracy: 0.5,
  validationLoss: null,
  validationAccuracy: null,
  learningRate: 0.01,
  elapsedMs: n,
});

describe('the log of epochs', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('tells of many epochs at once, and always of the last one', () => {
    const log = createMetricLog(10, Date.now);
    const seen: number[] = [];
    log.subscribe(() => seen.push(log.getSnapshot().length));
    for (let n = 1; n <= 200; n++) {
      log.append(epoch(n));
      vi.advanceTimersByTime(1);
    }
    vi.advanceTimersByTime(1000);
    expect(seen.length).toBeLessThanOrEqual(4);
    expect(seen.at(-1)).toBe(200);
  });

  it('tells of the end of a run without waiting, and then no more', () => {
    const log = createMetricLog(10, Date.now);
    let told = 0;
    log.subscribe(() => (told += 1));
    for (let n = 1; n <= 50; n++) log.append(epoch(n));
    vi.advanceTimersByTime(1);
    log.append(epoch(51));
    log.flush();
    expect(log.getSnapshot()).toHaveLength(51);
    const toldByThen = told;
    log.flush();
    vi.advanceTimersByTime(1000);
    expect(told).toBe(toldByThen);
  });

  it('leaves slow drawing three times as long to rest, and still ends with the last epoch', () => {
    const drawingMs = 90;
    let drawnMs = 0;
    const now = (): number => Date.now() + drawnMs;
    const log = createMetricLog(10, now);
    const seenAt: number[] = [];
    log.subscribe(() => {
      seenAt.push(now());
      drawnMs += drawingMs;
    });
    for (let n = 1; n <= 100; n++) {
      log.append(epoch(n));
      vi.advanceTimersByTime(20);
    }
    vi.advanceTimersByTime(2000);
    const gaps = seenAt.slice(1).map((at, i) => at - (seenAt[i] ?? 0));
    expect(seenAt.length).toBeGreaterThan(4);
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(4 * drawingMs);
    expect(log.getSnapshot()).toHaveLength(100);
  });
});
