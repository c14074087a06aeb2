/** Photos for tests: every field plausible, everything different unless the test says otherwise. */
import type { Photo } from '../domain/photo.ts';

/** 64 hex digits that differ for different labels. */
export function fakeHash(label: string): string {
  let hash = 0x811c9dc5;
  let hex = '';
  for (let part = 0; part < 8; part++) {
    for (const character of `${part}:${label}`) {
      hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
    }
    hash ^= hash >>> 15;
    hex += (hash >>> 0).toString(16).padStart(8, '0');
  }
  return hex;
}

/** A photo alone in its group, on the training side, with a rich hash unlike any other. */
export function buildPhoto(id: string, change: Partial<Photo> = {}): Photo {
  return {
    id,
    classId: 'class-a',
    name: `${id}.jpg`,
    side: 'train',
    pinned: false,
    groupId: id,
    contentHash: fakeHash(`content ${id}`),
    imageHash: fakeHash(`image ${id}`),
    perceptualHash: fakeHash(`look ${id}`).slice(0, 16),
    width: 640,
    height: 480,
    origin: { kind: 'file' },
    addedAt: 1_700_000_000_000,
    stats: { brightness: 0.5, contrast: 0.2, sharpness: 300 },
    ...change,
  };
}
