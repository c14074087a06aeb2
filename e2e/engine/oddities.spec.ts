/** Awkward files through the real page: what can be used is used, each other one gets one sentence. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '../fixtures/app.ts';
import { asBlob, openHarness, startIntakeWorker } from '../fixtures/engine-harness.ts';
import type { PhotoFile } from '../fixtures/generated-photos.ts';
import { SHARED } from '../fixtures/shared-data.ts';
import { storedPhotos } from '../fixtures/stored-data.ts';
import { DisturbedStudio } from '../pages/disturbed-studio.ts';

const FOLDER = path.join(SHARED, 'oddities');
const HAS_ODDITIES = existsSync(path.join(FOLDER, 'manifest.json'));

interface Oddity {
  readonly file: string;
  readonly expect: 'ok' | 'reject' | 'either';
  readonly shown?: readonly [width: number, height: number];
  /** The name cannot be written on every disk: the file is made here, like the others of `names`. */
  readonly generate?: boolean;
}

const MIME_TYPES: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
  '.txt': 'text/plain',
};

function readManifest(): readonly Oddity[] {
  const all = JSON.parse(readFileSync(path.join(FOLDER, 'manifest.json'), 'utf8')) as Oddity[];
  return all.filter(({ file }) => !file.startsWith('zips/'));
}

/** Copies are refused for a reason of their own, so each file is made different by bytes at its end. */
function loadFiles(oddities: readonly Oddity[]): readonly PhotoFile[] {
  const seen = new Set<string>();
  const anyNamed = oddities.find(({ file, generate }) => file.startsWith('names/') && !generate);
  return oddities.map(({ file, generate }, i) => {
    const source = generate === true ? (anyNamed?.file ?? '') : file;
    const bytes = readFileSync(path.join(FOLDER, source));
    const hash = createHash('sha256').update(bytes).digest('hex');
    const buffer = seen.has(hash) ? Buffer.concat([bytes, Buffer.from([i])]) : bytes;
    seen.add(hash);
    const name = file.slice(file.indexOf('/') + 1);
    return { name, mimeType: MIME_TYPES[path.extname(name)] ?? '', buffer };
  });
}

/** Every number in a record, however deep. */
function numbersIn(value: unknown): readonly number[] {
  if (typeof value === 'number') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}

test.skip(!HAS_ODDITIES, 'the awkward files (../shared/oddities) are not on this machine');

test('awkward files: the good ones load, each bad one gets a sentence with its name', async ({
  page,
}) => {
  const oddities = readManifest();
  const files = loadFiles(oddities);
  expect(oddities.length).toBeGreaterThan(60);
  const studio = new DisturbedStudio(page);
  await studio.open();
  await studio.addDots(1);
  await studio.chooseFiles('dots', files);
  await studio.settled();
  await studio.showAllRefusals();

  const refused = await studio.refusedFiles().evaluateAll((items) =>
    items.map((item) => ({
      name: item.querySelector('bdi')?.textContent ?? '',
      sentence: item.querySelector('span')?.textContent ?? '',
    })),
  );
  const stored = (await storedPhotos(page)).filter(({ name }) => name !== 'dots-0.png');
  const total = `${String(stored.length)} of ${String(files.length)} photos added`;
  await expect(studio.intakeResult()).toContainText(total);
  expect(stored.length + refused.length).toBe(files.length);
  for (const { name, sentence } of refused) {
    expect(sentence, name).toMatch(/^[A-Z].+\.$/);
    expect(sentence, name).not.toMatch(/error in Headstart|would count twice/);
  }

  const refusedNames = refused.map(({ name }) => name);
  const storedNames = stored.map(({ name }) => name);
  oddities.forEach((oddity, i) => {
    const name = files[i]?.name ?? '';
    if (oddity.expect === 'ok') expect(storedNames, oddity.file).toContain(name);
    if (oddity.expect === 'reject') expect(refusedNames, oddity.file).toContain(name);
    if (oddity.shown === undefined) return;
    const photo = stored.find((each) => each.name === name);
    expect([photo?.width, photo?.height], oddity.file).toEqual(oddity.shown);
  });
  for (const { name, width, height, stats } of stored) {
    expect(Math.min(width, height)).toBeGreaterThan(0);
    expect(numbersIn(stats).every(Number.isFinite), name).toBe(true);
  }
  const pwned = await page.evaluate(() => '__pwned' in window);
  expect(pwned).toBe(false);
  await expect(page.getByRole('button', { name: 'Continue embedding' })).toHaveCount(0);
});

test('the eight orientations of a real camera file look like the upright one', async ({
  page,
  sharedServer,
}) => {
  await openHarness(page, sharedServer.url);
  const intake = await startIntakeWorker(page);
  const pixelsOf = async (name: string): Promise<Uint8Array> => {
    const image = asBlob(readFileSync(path.join(FOLDER, 'exif', name)), '');
    const prepared = await intake.call('photo/prepare', { file: image, maxSide: 640 });
    if (prepared.kind !== 'prepared') throw new Error(`${name} was refused`);
    const { bytes, type } = prepared.image;
    const request = { image: asBlob(bytes, type), size: 48, fit: 'stretch' } as const;
    return (await intake.call('photo/pixels', request)).pixels;
  };
  const upright = await pixelsOf('upright_reference.png');
  for (let orientation = 1; orientation <= 8; orientation++) {
    const pixels = await pixelsOf(`orientation_${String(orientation)}.jpg`);
    const off = pixels.reduce((sum, value, i) => sum + Math.abs(value - (upright[i] ?? 0)), 0);
    expect(off / pixels.length, `orientation ${String(orientation)}`).toBeLessThan(4);
  }
});
