import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSimilarityIndex } from '../../domain/near-duplicates.ts';
import { buildPhoto } from '../../testing/build-photo.ts';
import { createGradualIndex } from './gradual-index.ts';

const photos = Array.from({ length: 1_000 }, (_, i) =>
  buildPhoto(`p${String(i)}`, {
    contentHash: `c${String(i % 700)}`,
    imageHash: `i${String(i)}`,
  }),
);

describe('createGradualIndex', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('holds what an index made in one go holds, however far it had come', () => {
    const whole = createSimilarityIndex(photos);
    for (const steps of [0, 1, 3, 100]) {
      const gradual = createGradualIndex(photos);
      for (let i = 0; i < steps; i++) vi.advanceTimersToNextTimer();
      const index = gradual.all();
      vi.runAllTimers();
      expect(index.size).toBe(whole.size);
      for (const photo of photos.slice(0, 50)) {
        expect(index.similarTo(photo)).toEqual(whole.similarTo(photo));
        expect([...index.withContent(photo.contentHash)]).toEqual([
          ...whole.withContent(photo.contentHash),
        ]);
      }
    }
  });

  it('adds nothing again that was taken out in between', () => {
    const gradual = createGradualIndex(photos);
    vi.advanceTimersToNextTimer();
    for (const photo of photos) gradual.all().remove(photo.id);
    vi.runAllTimers();
    expect(gradual.all().size).toBe(0);
  });

  it('fills by itself, a little at a time', () => {
    createGradualIndex(photos);
    expect(vi.getTimerCount()).toBe(1);
    let steps = 0;
    for (; vi.getTimerCount() > 0; steps++) vi.advanceTimersToNextTimer();
    expect(steps).toBe(photos.length / 200);
  });
});
