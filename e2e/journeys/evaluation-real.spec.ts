/**
 * The evaluation on real photos: planted label errors found, a leak exposed, a confusion cell that opens
 * exactly its photos, known photos told from unknown ones, and a report that says what the screen says.
 */
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { areaUnderRoc } from '../../src/domain/abstention.ts';
import { test as appTest, expect } from '../fixtures/app.ts';
import { withExif } from '../fixtures/exif-photo.ts';
import { startClock, stopClockAt } from '../fixtures/fixed-seed.ts';
import type { PhotoFile } from '../fixtures/generated-photos.ts';
import { photoFolders } from '../fixtures/photo-folders.ts';
import { HAS_SHARED, NO_SHARED, sharedPhotos } from '../fixtures/shared-data.ts';
import {
  backboneName,
  HAS_SHARED_MODELS,
  makeModelOverlay,
  NO_SHARED_MODELS,
} from '../fixtures/shared-models.ts';
import { EvaluationRoom } from '../pages/evaluation-room.ts';
import { StudioPage } from '../pages/studio-page.ts';

const BACKBONE = 'mobilenet_v2_1.0_224';

const test = appTest.extend<object, { readonly overlays: readonly string[] }>({
  overlays: [
    async ({}, use) => {
      if (!HAS_SHARED_MODELS) {
        await use([]);
        return;
      }
      const folder = await makeModelOverlay([BACKBONE]);
      await use([folder]);
      await rm(folder, { recursive: true });
    },
    { scope: 'worker', timeout: 300_000 },
  ],
});

test.skip(!HAS_SHARED, NO_SHARED);

/** Photos of a class under names that say where they come from. */
function photos(set: string, className: string, from: number, count: number): PhotoFile[] {
  return sharedPhotos(set, className, from, count).map((file) => ({
    name: `${className}--${path.basename(file)}`,
    mimeType: 'image/jpeg',
    buffer: readFileSync(file),
  }));
}

async function openStudio(page: Page): Promise<StudioPage> {
  const studio = new StudioPage(page);
  await stopClockAt(page, 1);
  await studio.open();
  await startClock(page);
  return studio;
}

async function cellsOf(evaluation: Locator, name: string): Promise<readonly string[]> {
  return evaluation
    .getByRole('table', { name, exact: true })
    .getByRole('cell')
    .evaluateAll((cells) => cells.map((cell) => cell.textContent.trim()));
}

const FLOWERS = ['daisy', 'dandelion', 'roses', 'sunflowers', 'tulips'] as const;
const EACH = 24;
/** Of each class so many lie in the next one: 10 % of 120. */
const FLIPPED = [3, 2, 3, 2, 2] as const;

test('flowers: planted label errors are found, and the backbone’s own names compete', async ({
  page,
  overlays,
}) => {
  test.skip(!HAS_SHARED_MODELS, NO_SHARED_MODELS);
  test.slow();
  const studio = await openStudio(page);
  await studio.useBackbone(BACKBONE, await backboneName(overlays[0] ?? '', BACKBONE));
  const files: Record<string, PhotoFile[]> = {};
  for (const [index, name] of FLOWERS.entries()) {
    const before = (index + FLOWERS.length - 1) % FLOWERS.length;
    const own = photos('flowers', name, FLIPPED[index] ?? 0, EACH - (FLIPPED[index] ?? 0));
    const strays = photos('flowers', FLOWERS[before] ?? '', 0, FLIPPED[before] ?? 0);
    files[name] = [...own, ...strays];
  }
  await studio.addFolders(await photoFolders(files));
  const planted = FLIPPED.reduce<number>((sum, count) => sum + count, 0);
  await studio.counts(FLOWERS.length, FLOWERS.length * EACH);
  await studio.train();
  const room = await EvaluationRoom.open(studio);
  const evaluation = room.region;
  // ImageNet has a daisy; the other four are not in it.
  const contenders = evaluation.getByRole('table', { name: 'Better than what?' });
  await expect(contenders.getByRole('row', { name: /own class names/ })).toContainText('%');

  await room.openTab('Labels');
  await evaluation.getByRole('button', { name: 'Check the labels' }).click();
  const card = evaluation.getByRole('group', { name: /^Is the label of / });
  await expect(card).toBeVisible({ timeout: 120_000 });
  const progress = evaluation.getByRole('status', { name: 'Label check' });
  const total = Number(/of (\d+),/.exec((await progress.textContent()) ?? '')?.[1] ?? 0);
  let found = 0;
  /** Most found while at least every second photo looked at was a planted one. */
  let atHalf = 0;
  for (let at = 1; at <= total; at++) {
    await expect(progress).toContainText(`${String(at)} of ${String(total)}`);
    const name = (await card.getAttribute('aria-label')) ?? '';
    const label = /Labelled (\w+)/.exec((await card.textContent()) ?? '')?.[1] ?? '';
    const isPlanted = !name.includes(`${label}--`);
    if (isPlanted) found += 1;
    if (found / at >= 0.5) atHalf = found;
    await page.keyboard.press(isPlanted ? 'r' : 'k');
  }
  console.log(
    `flowers, ${BACKBONE}: ${String(found)} of ${String(planted)} planted errors among ` +
      `${String(total)} suspects, ${String(atHalf)} with every second one looked at a planted one`,
  );
  expect(atHalf / planted).toBeGreaterThanOrEqual(0.7);
});

const RECYCLING = ['glass', 'paper', 'trash'] as const;

test('recycling: a leak is exposed, cells open their photos, the report says the same, strangers are told', async ({
  page,
}) => {
  test.slow();
  const studio = await openStudio(page);
  const files: Record<string, PhotoFile[]> = {};
  for (const name of RECYCLING) {
    const own = photos('recycling', name, 0, 24);
    // Every photo once more with other bytes: as when a folder was saved twice.
    const copies = own.map((photo) => ({
      ...photo,
      name: `copy-of-${photo.name}`,
      buffer: Buffer.from(withExif(photo.buffer, 1)),
    }));
    files[name] = [...own, ...copies];
  }
  await studio.addFolders(await photoFolders(files));
  await studio.train();
  const room = await EvaluationRoom.open(studio);
  const evaluation = room.region;
  await exposesTheLeak(studio, evaluation);
  await cellsOpenTheirPhotos(evaluation);
  await reportSaysTheSame(room);
  await tellsStrangers(studio, room);
});

/**
 * 144 photos, half of them copies: split without regard to that, the score claims more than is true. The
 * evaluation keeps copies together, and says how few the photos really are.
 */
async function exposesTheLeak(studio: StudioPage, evaluation: Locator): Promise<void> {
  const section = studio.data.getByRole('region', { name: 'Findings' });
  const head = section.getByRole('button', { name: /^(?:No findings|\d+ findings?)$/ });
  if ((await head.getAttribute('aria-expanded')) !== 'true') await head.click();
  const ask = section.getByRole('button', { name: 'What would the score have claimed?' });
  await expect(ask).toBeEnabled({ timeout: 30_000 });
  await ask.click();
  const verdict = section.getByRole('status').filter({ hasText: 'would have claimed' });
  await expect(verdict).toBeVisible({ timeout: 120_000 });
  const said = (await verdict.textContent()) ?? '';
  const [claimed = NaN, honest = NaN] = [...said.matchAll(/([\d.]+)\s*%/g)].map((found) =>
    Number(found[1]),
  );
  console.log(
    `recycling with copies: a leaky split claims ${String(claimed)} %, honest ${String(honest)} %`,
  );
  expect(claimed).toBeGreaterThan(honest);

  await evaluation.getByText('All photos in turn', { exact: true }).click();
  await evaluation.getByRole('button', { name: 'Judge by all photos in turn' }).click();
  const headline = evaluation.getByRole('status', { name: 'How good the model is' });
  await expect(headline).toContainText('photos', { timeout: 120_000 });
  await expect(evaluation.getByText(/are near-duplicates: they are only/)).toBeVisible();
}

async function cellsOpenTheirPhotos(evaluation: Locator): Promise<void> {
  const cells = evaluation.getByRole('button', { name: /photos? of .+, answered / });
  const named = await cells.evaluateAll((all) =>
    all.map((cell) => cell.getAttribute('aria-label') ?? ''),
  );
  const parsed = named.map((text) => /^(\d+) photos? of (.+), answered (.+)$/.exec(text));
  const wrong = parsed.findIndex((cell) => cell !== null && cell[2] !== cell[3]);
  expect(wrong).toBeGreaterThanOrEqual(0);
  const [, count = '', truth = '', answer = ''] = parsed[wrong] ?? [];
  await cells.nth(wrong).click();
  const listed = evaluation
    .getByRole('region', { name: 'Confusion matrix' })
    .getByRole('list')
    .first()
    .getByRole('button');
  await expect(listed).toHaveCount(Number(count));
  for (const text of await listed.evaluateAll((all) =>
    all.map((button) => button.getAttribute('aria-label') ?? ''),
  )) {
    expect(text).toContain(`${truth}--`);
    expect(text).toContain(`: ${answer}, `);
  }
}

async function reportSaysTheSame(room: EvaluationRoom): Promise<void> {
  const evaluation = room.region;
  const headline = await evaluation
    .getByRole('status', { name: 'How good the model is' })
    .textContent();
  const tables = ['Figures over all photos', 'Better than what?', 'Class by class'] as const;
  const onScreen = await Promise.all(tables.map((name) => cellsOf(evaluation, name)));
  await room.openTab('Report');
  const report = evaluation.getByRole('article', { name: 'Report' });
  await expect(report).toContainText(headline ?? 'no headline');
  for (const [index, name] of tables.entries()) {
    expect(await cellsOf(evaluation, name)).toEqual(onScreen[index]);
  }
}

/**
 * Photos of known classes against flowers, none of them in the project. How sure the model is tells little:
 * it is surest of things it never saw. How far they lie from all it learned from does. Known photos may
 * be left unanswered, too, as unsure: glass, paper and trash look alike.
 */
async function tellsStrangers(studio: StudioPage, room: EvaluationRoom): Promise<void> {
  await room.openTab('Certainty');
  await room.region.getByText('Say “I don’t know” in Try it').click();
  await studio.openView('Train');
  const known = RECYCLING.flatMap((name) => photos('recycling', name, 60, 5));
  const unknown = ['daisy', 'tulips', 'sunflowers'].flatMap((name) =>
    photos('flowers', name, 40, 5),
  );
  const certainty = { known: [] as number[], unknown: [] as number[] };
  const answered = { known: [] as number[], unknown: [] as number[] };
  const familiar = { known: [] as number[], unknown: [] as number[] };
  for (const [side, files] of [
    ['known', known],
    ['unknown', unknown],
  ] as const) {
    for (const file of files) {
      const { percent } = await studio.tryPhoto(file);
      const status = studio.tryIt.getByRole('status', { name: 'Prediction' });
      const text = (await status.textContent()) ?? '';
      certainty[side].push(percent);
      answered[side].push(Number(!text.includes('I don’t know')));
      familiar[side].push(Number(!text.includes('Unlike all it learned from')));
    }
  }
  const roc = ({ known: ours, unknown: strange }: typeof certainty): string =>
    areaUnderRoc(ours, strange).toFixed(2);
  const count = (list: readonly number[]): string =>
    `${String(list.filter((each) => each === 1).length)} of ${String(list.length)}`;
  console.log(
    `recycling known, flowers unknown: AUROC of unlike or not ${roc(familiar)}, of answering or not ` +
      `${roc(answered)}, of certainty alone ${roc(certainty)}; like what it learned from: ` +
      `${count(familiar.known)} known, ${count(familiar.unknown)} unknown; answered: ` +
      `${count(answered.known)} known, ${count(answered.unknown)} unknown`,
  );
  expect(areaUnderRoc(familiar.known, familiar.unknown)).toBeGreaterThanOrEqual(0.85);
  expect(answered.unknown.filter((each) => each === 1).length).toBeLessThanOrEqual(3);
}
