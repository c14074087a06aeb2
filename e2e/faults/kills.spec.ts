/**
 * The page is killed at random moments while photos come in, while they are edited and while it
 * trains; whatever the screen had shown as done is there again. HEADSTART_KILLS sets how often
 * (default 6), HEADSTART_KILL_SEED the moments.
 */
import type { BrowserContext, Page } from '@playwright/test';
import type { Project } from '../../src/domain/project.ts';
import { createRandom, type Random } from '../../src/domain/random.ts';
import { KEPT_UNPINNED_RUNS } from '../../src/domain/run-pruning.ts';
import { expect, test } from '../fixtures/app.ts';
import { patternPhotos } from '../fixtures/generated-photos.ts';
import {
  photosWithoutPicture,
  storedPhotos,
  storedProjects,
  storedRunCount,
  storedRunIds,
} from '../fixtures/stored-data.ts';
import { DisturbedStudio } from '../pages/disturbed-studio.ts';

const KILLS = Number(process.env['HEADSTART_KILLS'] ?? 6);
const SEED = Number(process.env['HEADSTART_KILL_SEED'] ?? 1);

/** What has been acknowledged so far. */
interface Known {
  readonly names: Set<string>;
  readonly removed: Set<string>;
  epochs: number;
  /** Ids. */
  runs: readonly string[];
  nextPhoto: number;
}

/** No unload, no flush: the renderer is gone. */
async function kill(page: Page, random: Random): Promise<void> {
  if (random.float() < 0.5) {
    await page.close({ runBeforeUnload: false });
    return;
  }
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => undefined); // its answer never comes
  await crashed;
  await page.close();
}

async function openAgain(context: BrowserContext): Promise<DisturbedStudio> {
  const studio = new DisturbedStudio(await context.newPage());
  await studio.open();
  await expect(studio.page.getByRole('button', { name: 'Work here instead' })).toHaveCount(0);
  return studio;
}

async function shownNames(studio: DisturbedStudio, className: string): Promise<readonly string[]> {
  const labels = await studio
    .photosOf(className)
    .evaluateAll((options) => options.map((option) => option.getAttribute('aria-label') ?? ''));
  return labels.map((label) => label.replace(/, \w+$/, ''));
}

const pause = (page: Page, ms: number) => page.waitForTimeout(ms);

async function duringImport(studio: DisturbedStudio, known: Known, random: Random): Promise<void> {
  const files = patternPhotos('dots', 16, known.nextPhoto);
  known.nextPhoto += files.length;
  await studio.chooseFiles('dots', files);
  await pause(studio.page, random.int(900));
  for (const name of await shownNames(studio, 'dots')) known.names.add(name);
}

/** An edit counts as acknowledged when a later one has been written: the queue keeps their order. */
async function duringEditing(studio: DisturbedStudio, known: Known, random: Random): Promise<void> {
  const epochs = 3 + random.int(200);
  await studio.setNumber('Epochs', epochs);
  await expect
    .poll(async () => (await openProject(studio.page)).hyperparameters.epochs)
    .toBe(epochs);
  known.epochs = epochs;
  const option = studio.photosOf('dots').first();
  const name = ((await option.getAttribute('aria-label')) ?? '').replace(/, \w+$/, '');
  await option.click();
  await studio.data.getByRole('button', { name: 'Delete photos' }).click();
  await expect.poll(async () => (await storedNames(studio.page)).includes(name)).toBe(false);
  known.names.delete(name);
  known.removed.add(name);
  // The next one is cut off somewhere.
  await studio.setNumber('Epochs', epochs + 1);
  await pause(studio.page, random.int(40));
  known.epochs = (await openProject(studio.page)).hyperparameters.epochs;
}

async function duringTraining(
  studio: DisturbedStudio,
  known: Known,
  random: Random,
): Promise<void> {
  await studio.setSwitch('Early stopping', false);
  await studio.setNumber('Epochs', 3);
  await studio.trainAgain();
  // The new one, and of the others as many as are kept.
  const kept = Math.min(known.runs.length + 1, KEPT_UNPINNED_RUNS);
  await expect
    .poll(async () => {
      const ids = await storedRunIds(studio.page);
      return ids.length === kept && ids.some((id) => !known.runs.includes(id));
    })
    .toBe(true);
  known.runs = await storedRunIds(studio.page);
  await studio.setNumber('Epochs', 5_000);
  await expect
    .poll(async () => (await openProject(studio.page)).hyperparameters.epochs)
    .toBe(5_000);
  known.epochs = 5_000;
  await studio.startTraining();
  await pause(studio.page, random.int(1_200));
}

async function openProject(page: Page): Promise<Project> {
  const [project] = await storedProjects(page);
  if (project === undefined) throw new Error('no project');
  return project;
}

async function storedNames(page: Page): Promise<readonly string[]> {
  return (await storedPhotos(page)).map(({ name }) => name);
}

const KINDS = [duringImport, duringEditing, duringTraining] as const;

test(`${String(KILLS)} kills lose nothing that was acknowledged`, async ({ context }) => {
  test.setTimeout(60_000 + KILLS * 30_000);
  const random = createRandom(SEED);
  const known: Known = {
    names: new Set(),
    removed: new Set(),
    epochs: 0,
    runs: [],
    nextPhoto: 0,
  };
  let studio = await openAgain(context);
  await studio.addTwoClasses(6);
  known.nextPhoto = 6;
  for (const name of await storedNames(studio.page)) known.names.add(name);
  known.epochs = (await openProject(studio.page)).hyperparameters.epochs;

  for (let n = 0; n < KILLS; n++) {
    const work = KINDS[n % KINDS.length] ?? duringImport;
    const what = `kill ${String(n + 1)}, ${work.name}`;
    await work(studio, known, random);
    await kill(studio.page, random);
    studio = await openAgain(context);
    await studio.settled();
    const stored = await storedNames(studio.page);
    expect(new Set(stored).size, what).toBe(stored.length);
    expect(stored, what).toEqual(expect.arrayContaining([...known.names]));
    expect(
      stored.filter((name) => known.removed.has(name)),
      what,
    ).toEqual([]);
    expect(await photosWithoutPicture(studio.page), what).toEqual([]);
    expect(new Set(await storedRunIds(studio.page)), what).toEqual(new Set(known.runs));
    // One change may have been on its way.
    const { hyperparameters } = await openProject(studio.page);
    expect([known.epochs, known.epochs + 1], what).toContain(hyperparameters.epochs);
    const dots = stored.filter((name) => name.startsWith('dots'));
    await studio.showsPhotoCount('dots', dots.length);
    for (const name of stored) known.names.add(name);
  }
});

test('a run that was killed goes on from its last stored epoch', async ({ context }) => {
  let studio = await openAgain(context);
  await studio.addTwoClasses(8);
  await studio.setSwitch('Early stopping', false);
  await studio.setNumber('Epochs', 5_000);
  await studio.setNumber('Hidden units', 64);
  await studio.startTraining();
  await expect
    .poll(() => studio.page.evaluate(readUnfinished), { timeout: 60_000 })
    .toBeGreaterThan(0);
  await kill(studio.page, createRandom(2));
  studio = await openAgain(context);
  await expect(studio.notices()).toContainText('Training was interrupted after epoch');
  const before = await studio.page.evaluate(readUnfinished);
  await studio.page.getByRole('button', { name: 'Go on training' }).click();
  await expect(studio.root).toHaveAttribute('data-training', 'running');
  await expect
    .poll(() => studio.page.evaluate(readUnfinished), { timeout: 60_000 })
    .toBeGreaterThan(before);
  await studio.training.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(studio.root).toHaveAttribute('data-training', 'finished');
  await expect.poll(() => storedRunCount(studio.page)).toBe(1);
  await expect.poll(() => studio.page.evaluate(readUnfinished)).toBe(0);
});

/** In the page: the epoch of the stored unfinished run, 0 without one. */
function readUnfinished(): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('headstart');
    opening.onerror = () => {
      reject(new Error('cannot open'));
    };
    opening.onsuccess = () => {
      const database = opening.result;
      const request = database.transaction('unfinishedRuns').objectStore('unfinishedRuns').getAll();
      request.onsuccess = () => {
        database.close();
        const [run] = request.result as { point: { epoch: number } }[];
        resolve(run?.point.epoch ?? 0);
      };
    };
  });
}
