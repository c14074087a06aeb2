/**
 * Intake for tests in Node, where no image can be decoded. A "photo" is a text file: what stands
 * before the first ':' decides its colour, the rest varies it a little. So `cat:1` and `cat:2` are
 * near each other and far from `dog:1`. `refuse:<code>` is a file that is not taken; an empty file is
 * refused as 'empty'.
 */
import { augmentPixels } from '../domain/augment-pixels.ts';
import { drawAugmentation, type AugmentationKind } from '../domain/augmentation.ts';
import { createRandom, deriveSeed } from '../domain/random.ts';
import type { SampleRequest } from '../domain/sample-set.ts';
import { SAMPLE_CLASSES } from '../domain/sample-set.ts';
import type { PreparedPhoto, RefusalCode, RefusedFile } from '../protocol/intake-messages.ts';

/** A photo file for `fakePrepare`; `look` decides what it looks like, `variation` tells copies apart. */
export function fakePhotoFile(look: string, variation: number | string = 0): Blob {
  return new Blob([`${look}:${variation}`], { type: 'image/jpeg' });
}

export function fakeRefusedFile(code: RefusalCode): Blob {
  return new Blob([`refuse:${code}`], { type: 'image/jpeg' });
}

export async function fakePrepare(
  file: Blob,
  maxSide: number,
): Promise<PreparedPhoto | RefusedFile> {
  const text = await file.text();
  if (text === '') return { kind: 'refused', code: 'empty' };
  const [look = '', rest = ''] = text.split(':');
  if (look === 'refuse') return { kind: 'refused', code: rest as RefusalCode };
  const contentHash = await sha256Hex(text);
  const side = Math.min(maxSide, 512);
  return {
    kind: 'prepared',
    image: new Blob([text], { type: 'image/jpeg' }),
    thumbnail: new Blob([text], { type: 'image/jpeg' }),
    width: side,
    height: side,
    sourceWidth: 800,
    sourceHeight: 800,
    contentHash,
    imageHash: await sha256Hex(`stored ${text}`),
    perceptualHash: contentHash.slice(0, 16),
    stats: { brightness: 0.5, contrast: 0.2, sharpness: 100 },
  };
}

/** RGB bytes [size, size, 3] of one colour: that of the look, plus up to ±8 for the variation. */
export async function fakePixels(image: Blob, size: number): Promise<Uint8Array> {
  const text = await image.text();
  const base = createRandom(deriveSeed(1, text.split(':')[0] ?? ''));
  const variation = createRandom(deriveSeed(2, text));
  const color = [0, 1, 2].map(() => 16 + base.int(224) + variation.int(17) - 8);
  return Uint8Array.from({ length: size * size * 3 }, (_, at) => color[at % 3] ?? 0);
}

/** The real copies of the fake picture: of one colour, so only the colour changes. */
export function fakeAugmented(
  pixels: Uint8Array,
  size: number,
  imageHash: string,
  kinds: readonly AugmentationKind[],
  copies: readonly number[],
): Uint8Array {
  const all = new Uint8Array(copies.length * pixels.length);
  copies.forEach((index, i) => {
    const plan = drawAugmentation(kinds, imageHash, index);
    all.set(augmentPixels(pixels, size, plan), i * pixels.length);
  });
  return all;
}

export function fakeSample({ theme, drawnClass, index, seed }: SampleRequest): Blob {
  const look = `${theme}-${SAMPLE_CLASSES[theme][drawnClass] ?? drawnClass}`;
  return fakePhotoFile(look, `${seed}-${index}`);
}

async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
