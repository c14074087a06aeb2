import { describe, expect, it } from 'vitest';
import type { Photo } from '../../domain/photo.ts';
import { thinValidation } from './thin-validation.ts';

const entry = (name: string, photos: number, validation: number) => ({
  info: { id: name, name, colorIndex: 0 },
  photos: Array.from({ length: photos }, (_, i) => ({ id: String(i) }) as Photo),
  validation,
});

describe('thinValidation', () => {
  it('names classes without and with few validation photos, empty classes not', () => {
    const entries = [
      entry('empty', 0, 0),
      entry('none', 3, 0),
      entry('one', 9, 1),
      entry('four', 20, 4),
      entry('five', 25, 5),
    ];
    expect(thinValidation(entries)).toEqual({ none: ['none'], few: ['one', 'four'] });
  });
});
