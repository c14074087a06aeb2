/** The intake worker of the production build: what becomes of a file on its way to storage. */
import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { PreparedPhoto } from '../../src/protocol/intake-messages.ts';
import { SAMPLE_THEMES } from '../../src/domain/sample-set.ts';
import { expect, test } from '../fixtures/app.ts';
import {
  asBitmap,
  asBlob,
  openHarness,
  startIntakeWorker,
  type BlobBytes,
  type RemoteIntake,
} from '../fixtures/engine-harness.ts';
import { secrets, withExif } from '../fixtures/exif-photo.ts';
import { patternPhoto } from '../fixtures/generated-photos.ts';

type Prepared = Omit<PreparedPhoto, 'image' | 'thumbnail'> & {
  readonly image: BlobBytes;
  readonly thumbnail: BlobBytes;
};

const WIDTH = 96;
const HEIGHT = 64;

/** As the pixels are stored: A and B in the first row, C and D in the last. */
const CORNERS = {
  A: [220, 30, 30],
  B: [30, 160, 40],
  C: [30, 50, 220],
  D: [230, 210, 30],
} as const;
type Corner = keyof typeof CORNERS;

/** Where the corners are shown (top left, top right, bottom left, bottom right); EXIF 2.3, table 6. */
const SHOWN: readonly (readonly [orientation: number, corners: string])[] = [
  [1, 'ABCD'],
  [2, 'BADC'],
  [3, 'DCBA'],
  [4, 'CDAB'],
  [5, 'ACBD'],
  [6, 'CADB'],
  [7, 'DBCA'],
  [8, 'BDAC'],
];

/** A JPEG of four coloured quarters, encoded by the browser. */
async function cornersJpeg(page: Page): Promise<Uint8Array> {
  const bytes = await page.evaluate(
    async ([width, height, corners]) => {
      const canvas = new OffscreenCanvas(width, height);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      Object.values(corners).forEach((colour, i) => {
        context.fillStyle = `rgb(${colour.join(' ')})`;
        context.fillRect(
          (i % 2) * (width / 2),
          Math.floor(i / 2) * (height / 2),
          width / 2,
          height / 2,
        );
      });
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.95 });
      return new Uint8Array(await blob.arrayBuffer());
    },
    [WIDTH, HEIGHT, CORNERS] as const,
  );
  return Uint8Array.from(bytes);
}

async function prepare(intake: RemoteIntake, bytes: Uint8Array, type = ''): Promise<Prepared> {
  const result = await intake.call('photo/prepare', { file: asBlob(bytes, type), maxSide: 640 });
  expect(result.kind, JSON.stringify(result)).toBe('prepared');
  return result as Prepared;
}

async function pixelsOf(intake: RemoteIntake, image: BlobBytes, size: number): Promise<Uint8Array> {
  const request = { image: asBlob(image.bytes, image.type), size, fit: 'stretch' } as const;
  return (await intake.call('photo/pixels', request)).pixels;
}

/** The stored corner nearest in colour to the middle of each quarter of the square. */
function cornersShown(pixels: Uint8Array, size: number): string {
  const places = [
    [0.25, 0.25],
    [0.75, 0.25],
    [0.25, 0.75],
    [0.75, 0.75],
  ] as const;
  return places
    .map(([x, y]) => {
      const at = (Math.floor(y * size) * size + Math.floor(x * size)) * 3;
      const distance = (corner: Corner): number =>
        CORNERS[corner].reduce((sum, value, c) => sum + Math.abs(value - (pixels[at + c] ?? 0)), 0);
      const names: readonly Corner[] = ['A', 'B', 'C', 'D'];
      const nearest = names.reduce((best, name) => (distance(name) < distance(best) ? name : best));
      expect(distance(nearest), `colour at ${String(x)}, ${String(y)}`).toBeLessThan(30);
      return nearest;
    })
    .join('');
}

test.beforeEach(async ({ page, sharedServer }) => {
  await openHarness(page, sharedServer.url);
});

test('turns photos upright as EXIF says, all eight ways', async ({ page }) => {
  const intake = await startIntakeWorker(page);
  const plain = await cornersJpeg(page);
  for (const [orientation, corners] of SHOWN) {
    const photo = await prepare(intake, withExif(plain, orientation), 'image/jpeg');
    const turned = orientation >= 5;
    expect([photo.width, photo.height], `size at ${String(orientation)}`).toEqual(
      turned ? [HEIGHT, WIDTH] : [WIDTH, HEIGHT],
    );
    for (const image of [photo.image, photo.thumbnail]) {
      const shown = cornersShown(await pixelsOf(intake, image, 32), 32);
      expect(shown, `corners at ${String(orientation)}`).toBe(corners);
    }
  }
});

test('stores nothing of where and by whom a photo was taken', async ({ page }) => {
  const intake = await startIntakeWorker(page);
  const file = Buffer.from(withExif(await cornersJpeg(page), 6));
  // The file really has what is looked for below.
  for (const secret of secrets()) expect(file.includes(secret)).toBe(true);
  const photo = await prepare(intake, file, 'image/jpeg');
  for (const { bytes, type } of [photo.image, photo.thumbnail]) {
    const stored = Buffer.from(bytes);
    expect(type).toBe('image/jpeg');
    expect(stored.length).toBeGreaterThan(200);
    for (const secret of secrets()) expect(stored.includes(secret)).toBe(false);
  }
});

test('gives the same bytes the same hashes, whatever the file is called', async ({ page }) => {
  const intake = await startIntakeWorker(page);
  const other = await startIntakeWorker(page);
  const { buffer } = patternPhoto('dots', 1);
  const first = await prepare(intake, buffer, 'image/png');
  const second = await prepare(other, buffer, 'text/plain');
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  expect(first.contentHash).toBe(sha256(buffer));
  expect(first.imageHash).toBe(sha256(first.image.bytes));
  expect(second).toMatchObject({
    contentHash: first.contentHash,
    imageHash: first.imageHash,
    perceptualHash: first.perceptualHash,
  });
  const different = await prepare(intake, patternPhoto('dots', 2).buffer, 'image/png');
  expect(different.contentHash).not.toBe(first.contentHash);
  expect(different.imageHash).not.toBe(first.imageHash);
});

test('sees in a camera frame what it sees in a photo', async ({ page }) => {
  const intake = await startIntakeWorker(page);
  const { buffer } = patternPhoto('stripes', 3, 200);
  const { image } = await prepare(intake, buffer, 'image/png');
  for (const fit of ['crop', 'pad', 'stretch'] as const) {
    const photo = await intake.call('photo/pixels', {
      image: asBlob(image.bytes, image.type),
      size: 128,
      fit,
    });
    const frame = await intake.call('frame/pixels', {
      frame: asBitmap(image.bytes, image.type),
      size: 128,
      fit,
    });
    expect(photo.pixels.length).toBe(128 * 128 * 3);
    expect(new Set(photo.pixels).size).toBeGreaterThan(50);
    expect(Buffer.compare(frame.pixels, photo.pixels), fit).toBe(0);
  }
});

test('refuses what is no picture and goes on', async ({ page }) => {
  const intake = await startIntakeWorker(page);
  const { buffer } = patternPhoto('dots', 4);
  const cases = [
    [new Uint8Array(0), 'empty'],
    [Buffer.from('just some words'), 'not-an-image'],
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'), 'svg'],
    [buffer.subarray(0, buffer.length / 2), 'damaged'],
  ] as const;
  for (const [bytes, code] of cases) {
    const file = asBlob(bytes, 'image/png');
    const result = await intake.call('photo/prepare', { file, maxSide: 640 });
    expect(result).toMatchObject({ kind: 'refused', code });
  }
  await prepare(intake, buffer);
});

test('draws the same sample set from the same seed, byte for byte, in any worker', async ({
  page,
}) => {
  const intake = await startIntakeWorker(page);
  const other = await startIntakeWorker(page);
  const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
  for (const theme of SAMPLE_THEMES) {
    const request = { theme, drawnClass: 1, index: 4, difficulty: 0.5, size: 160 };
    const draw = async (worker: RemoteIntake, seed: number): Promise<string> => {
      const { image } = await worker.call('sample/draw', { ...request, seed });
      expect(image.bytes.length).toBeGreaterThan(1_000);
      return sha256(image.bytes);
    };
    const first = await draw(intake, 7);
    // What was drawn in between must not matter.
    expect(await draw(intake, 8), theme).not.toBe(first);
    expect(await draw(intake, 7), theme).toBe(first);
    expect(await draw(other, 7), theme).toBe(first);
  }
});

test('finds that this browser leaves canvas pixels alone', async ({ page }) => {
  const intake = await startIntakeWorker(page);
  const check = await intake.call('canvas/check', {});
  expect(check).toEqual({ tampered: false, changedShare: 0, largestChange: 0 });
});
