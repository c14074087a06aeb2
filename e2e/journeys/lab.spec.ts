/**
 * The training lab: a model made to overfit on purpose, read, undone, and looked at epoch by epoch.
 * On photos drawn for the test always, on real ones where they are kept beside the repository.
 */
import { readFile } from 'node:fs/promises';
import { expect, test } from '../fixtures/app.ts';
import { requestCount, watchRequests } from '../fixtures/app-workers.ts';
import { prepareHiddenTab, setTabHidden } from '../fixtures/hidden-tab.ts';
import { startClock, stopClockAt } from '../fixtures/fixed-seed.ts';
import { patternPhotos } from '../fixtures/generated-photos.ts';
import { photoFolders } from '../fixtures/photo-folders.ts';
import { shareOut, type SharedOutPhotos } from '../fixtures/real-photo-sets.ts';
import { HAS_SHARED, NO_SHARED } from '../fixtures/shared-data.ts';
import { storedEmbeddingCount, storedRunCount } from '../fixtures/stored-data.ts';
import { StudioPage, type CurveRow } from '../pages/studio-page.ts';

/** By how many epochs the sentence may come before the lowest point of the curve as it was recorded. */
const WINDOW_EPOCHS = 8;
/** Losses are compared as means over this many epochs before and after: single ones jump. */
const AROUND_EPOCHS = 2;
const SPLIT_SEED = 1;

test('drawn photos with wrong labels: overfitting is made, named, undone and looked into', async ({
  page,
}) => {
  test.slow();
  const studio = await openWithFixedSplit(page);
  const panel = await studio.openSampleSets();
  const noise = panel.getByRole('textbox', { name: /Wrong labels/ });
  await noise.fill('20');
  await noise.press('Enter');
  await panel.getByRole('button', { name: /^Add \d+ pictures$/ }).click();
  await studio.counts(3, 180);
  await studio.settled();

  const losses = await overfit(studio);
  await expectNamedEpoch(studio, losses);
  expectStoppingHelps(losses);
  await expectDraggingMovesTheStop(studio);
  await expectFlips(studio);
  await expectMarkOnItsLine(studio);
  await expectSavedCharts(studio);
  await expectCurvesInSight(studio);
});

/**
 * 40 photos a class of three that look alike, 10 of them in the wrong folder. Measured in Node over 12
 * draws of photos, sides and labels: photos never seen are told right in 69.1 % by the head that early
 * stopping keeps and in 64.2 % by the last one; the last one was better in 3 of the 12. So this test
 * holds one draw fixed and asks for no loss of more than chance there; the mean is the claim.
 */
test('recycling, a few photos with wrong labels: stopping early helps on photos never seen', async ({
  page,
}) => {
  test.skip(!HAS_SHARED, NO_SHARED);
  test.slow();
  const photos = shareOut({ set: 'recycling', bringIn: 40, keepBack: 12 });
  const classes = ['cardboard', 'paper', 'plastic'];
  const studio = await openWithFixedSplit(page);
  await studio.addFolders(await photoFolders(withWrongLabels(photos, classes, 4)));
  await studio.counts(3, 120);
  // With 24 validation photos the sentence rightly says that nobody can tell.
  const share = studio.data.getByRole('slider', { name: 'Validation share' });
  await share.focus();
  for (let i = 0; i < 15; i++) await page.keyboard.press('ArrowRight');
  await expect(share).toHaveAttribute('aria-valuetext', /^35/);
  await studio.settled();

  const losses = await overfit(studio);
  await expectNamedEpoch(studio, losses);
  expectStoppingHelps(losses);

  const unseen = photos.keptBack.filter(({ className }) => classes.includes(className));
  const stopped = await rightOf(studio, unseen);
  await expectDraggingMovesTheStop(studio);
  await expectFlips(studio);
  const machine = studio.timeMachine;
  await machine.getByRole('slider', { name: 'Epoch', exact: true }).press('End');
  await expect(studio.tryIt.getByText(/^Head of epoch 80 /)).toBeVisible();
  const last = await rightOf(studio, unseen);
  console.log(
    `photos never seen: ${String(stopped)} of ${String(unseen.length)} right with the head that ` +
      `early stopping keeps, ${String(last)} with the last one`,
  );
  expect(stopped).toBeGreaterThanOrEqual(last);
});

test('copies cost what is said and are made once; a rate is found; a knob leads to its word', async ({
  page,
}) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.addFolders(
    await photoFolders({
      stripes: patternPhotos('stripes', 15),
      dots: patternPhotos('dots', 15),
    }),
  );
  const { training } = studio;
  await training.getByRole('button', { name: 'Find a learning rate' }).click();
  const use = training.getByRole('button', { name: /^Use 0\.\d+$/ });
  await use.click();
  const taken = Number(await studio.numberField('Learning rate').inputValue());
  expect(taken).toBeGreaterThan(1e-5);
  expect(taken).toBeLessThan(1);

  await studio.setNumber('Augmented copies', 2);
  const cost = training.getByRole('status', { name: 'Cost of the copies' });
  await expect(cost).toHaveText(/^2 copies of \d+ photos: \d+ to embed\. Look at a preview/);
  await training.getByRole('button', { name: 'Preview the copies of one photo' }).click();
  const preview = training.getByRole('list', { name: /^Copies of / });
  await expect(preview.getByRole('img', { name: /^Copy \d$/ })).toHaveCount(2);
  await expect(cost).toHaveText(/still to embed, about .+ on this machine, once\.$/);
  const before = await storedEmbeddingCount(page);
  const photos = Number(/of (\d+) photos/.exec((await cost.textContent()) ?? '')?.[1]);
  await studio.train();
  await expect(cost).toContainText('all embedded already');
  // 2 of each training photo; those of the preview were there before, validation has none.
  expect((await storedEmbeddingCount(page)) - before).toBe(2 * photos - 2);
  expect(await storedEmbeddingCount(page)).toBe(30 + 2 * photos);
  await studio.train();
  expect(await storedEmbeddingCount(page)).toBe(30 + 2 * photos);

  await training.getByRole('button', { name: 'More about Weight decay' }).click();
  await training.getByRole('button', { name: 'Weight decay in the glossary' }).click();
  const glossary = page.getByRole('dialog', { name: 'Glossary' });
  await expect(glossary.getByRole('article', { name: 'Weight decay' })).toBeFocused();
  await glossary.getByRole('textbox', { name: 'Find a word' }).fill('calibr');
  await expect(glossary.getByRole('article')).toHaveCount(1);
  await studio.closePanel(glossary);
});

test('what a run has to say waits while a mouse button is down: nothing below moves away from it', async ({
  page,
}) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.addFolders(
    await photoFolders({ stripes: patternPhotos('stripes', 6), dots: patternPhotos('dots', 6) }),
  );
  const reading = studio.training.getByRole('status', { name: 'What the curves say' });
  const box = reading.locator('xpath=..');
  const heightPx = async () => (await box.boundingBox())?.height ?? NaN;
  const before = await heightPx();
  await studio.training.getByRole('heading', { name: 'Training', exact: true }).hover();
  await page.mouse.down();
  // The mouse is busy.
  await studio.trainButton.evaluate((button) => {
    (button as HTMLElement).click();
  });
  await expect(studio.root).toHaveAttribute('data-training', 'finished', { timeout: 60_000 });
  await expect(box).not.toHaveAttribute('data-code', 'none');
  expect(await heightPx()).toBe(before);
  await page.mouse.up();
  await expect.poll(heightPx).toBeGreaterThan(before);
  const wanted = await box.evaluate((element) => element.scrollHeight - element.clientHeight);
  expect(wanted, 'hidden lines').toBe(0);
});

interface AnnouncingWindow {
  readonly announced: { readonly text: string; readonly permission: string }[];
}

test('a run that ends out of sight is announced, if that is allowed', async ({ page, context }) => {
  await prepareHiddenTab(page);
  // The system's own notification cannot be read from here: what is asked of it can.
  await page.addInitScript(() => {
    const announced: { text: string; permission: string }[] = [];
    const Real = Notification;
    class Watched extends Real {
      constructor(text: string, options?: NotificationOptions) {
        announced.push({ text, permission: Real.permission });
        super(text, options);
      }
    }
    Object.assign(window, { announced, Notification: Watched });
  });
  const announced = () => page.evaluate(() => (window as unknown as AnnouncingWindow).announced);
  // Granting something else refuses all the rest.
  await context.grantPermissions(['clipboard-read']);
  const studio = new StudioPage(page);
  await studio.open();
  await studio.addFolders(
    await photoFolders({ stripes: patternPhotos('stripes', 6), dots: patternPhotos('dots', 6) }),
  );
  const tellMe = studio.training.getByRole('switch', { name: /^Tell me when a run is done/ });
  await tellMe.press(' ');
  await expect(studio.training.getByText(/did not allow it/)).toBeVisible();
  await expect(tellMe).not.toBeChecked();

  await context.grantPermissions(['notifications']);
  await tellMe.press(' ');
  await expect(tellMe).toBeChecked();
  await studio.train();
  expect(await announced()).toEqual([]);
  await setTabHidden(page, true);
  // A hidden page draws no frames, for which a real press would wait.
  await studio.trainButton.evaluate((button) => {
    (button as HTMLElement).click();
  });
  await expect.poll(announced, { timeout: 30_000 }).toHaveLength(1);
  const [notice] = await announced();
  expect(notice?.permission).toBe('granted');
  expect(notice?.text).toContain('training is done');
});

async function openWithFixedSplit(page: StudioPage['page']): Promise<StudioPage> {
  const studio = new StudioPage(page);
  await stopClockAt(page, SPLIT_SEED);
  await studio.open();
  await startClock(page);
  return studio;
}

/** Every `step`th photo of a class lies in the folder of the next one. */
function withWrongLabels(
  { bringIn }: SharedOutPhotos,
  classes: readonly string[],
  step: number,
): Record<string, string[]> {
  const folders: Record<string, string[]> = Object.fromEntries(classes.map((name) => [name, []]));
  classes.forEach((name, c) => {
    const next = classes[(c + 1) % classes.length] ?? name;
    (bringIn[name] ?? []).forEach((file, i) => folders[i % step === 0 ? next : name]?.push(file));
  });
  return folders;
}

/** Presses the preset, trains, and gives the recorded losses. */
async function overfit(studio: StudioPage): Promise<readonly CurveRow[]> {
  const preset = studio.training.getByRole('button', { name: 'Make it overfit', exact: true });
  await preset.click();
  await expect(preset).toHaveAttribute('aria-pressed', 'true');
  await studio.train();
  const losses = await studio.curveTable('Loss by epoch');
  expect(losses).toHaveLength(80);
  return losses;
}

function lowestEpoch(losses: readonly CurveRow[]): number {
  const values = losses.map(({ validation }) => Number(validation));
  return 1 + values.indexOf(Math.min(...values));
}

async function expectNamedEpoch(studio: StudioPage, losses: readonly CurveRow[]): Promise<void> {
  const reading = studio.training.getByRole('status', { name: 'What the curves say' });
  await expect(reading).toContainText(/^Memorising since epoch \d+:/);
  const named = Number(/epoch (\d+)/.exec((await reading.textContent()) ?? '')?.[1]);
  expect(named).toBeGreaterThanOrEqual(lowestEpoch(losses) - WINDOW_EPOCHS);
  // Where the valley is flat, its end is named, not its lowest point: still low there, high in the end.
  const means = meansAround(losses.map(({ validation }) => Number(validation)));
  const valley = Math.min(...means);
  expect(means[named - 1]).toBeLessThan(1.2 * valley);
  expect(means.at(-1)).toBeGreaterThan(1.2 * valley);
}

function meansAround(values: readonly number[]): number[] {
  return values.map((_, i) => {
    const near = values.slice(Math.max(0, i - AROUND_EPOCHS), i + AROUND_EPOCHS + 1);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
}

/** Training photos by heart, the others worse than they were; the kept epoch is from before that. */
function expectStoppingHelps(losses: readonly CurveRow[]): void {
  const last = losses.at(-1);
  const best = losses.find(({ remark }) => remark.includes('Best epoch'));
  expect(Number(last?.training)).toBeLessThan(0.3 * Number(losses[0]?.training));
  expect(Number(last?.validation)).toBeGreaterThan(1.2 * Number(best?.validation));
  expect(best?.epoch).toBeLessThan(40);
}

/** With the mouse and with keys: flag and patience move, nothing is trained. */
async function expectDraggingMovesTheStop(studio: StudioPage): Promise<void> {
  const { page } = studio;
  await watchRequests(page);
  const runsBefore = await storedRunCount(page);
  const flag = studio.stopFlag('Loss by epoch');
  const patience = studio.numberField('Patience');
  const at = async (): Promise<number> => Number(await flag.getAttribute('aria-valuenow'));
  const stopBefore = await at();
  const patienceBefore = Number(await patience.inputValue());

  // Lines of the reading that arrive between looking and pressing move the flag: then once more.
  await expect(async () => {
    await flag.scrollIntoViewIfNeeded();
    const box = await flag.boundingBox();
    if (box === null) throw new Error('the stop flag is not on screen');
    const grip = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    await page.mouse.move(grip.x, grip.y);
    await page.mouse.down();
    for (let moved = 10; moved <= 120; moved += 10) await page.mouse.move(grip.x + moved, grip.y);
    await page.mouse.up();
    await expect.poll(at, { timeout: 2000 }).toBeGreaterThan(stopBefore);
  }).toPass({ timeout: 20_000 });
  await expect
    .poll(async () => Number(await patience.inputValue()))
    .toBeGreaterThan(patienceBefore);

  const dragged = await at();
  await flag.focus();
  await page.keyboard.press('ArrowLeft');
  await expect.poll(at).toBeLessThan(dragged);
  // The curve, the reading and the mark agree.
  const moved = await at();
  await expect(studio.curve('Loss by epoch')).toHaveAccessibleName(
    new RegExp(`Early stopping at epoch ${String(moved)}\\.`),
  );
  await expect(studio.root).toHaveAttribute('data-training', 'finished');
  expect(await requestCount(page, 'head/train')).toBe(0);
  expect(await storedRunCount(page)).toBe(runsBefore);
}

/** Lines and marks are drawn apart: the mark of the best epoch has to lie where the curve is lowest. */
async function expectMarkOnItsLine(studio: StudioPage): Promise<void> {
  const distance = await studio.figure('Loss by epoch').evaluate((figure) => {
    const lines = figure.querySelectorAll<SVGPathElement>('.recharts-line-curve');
    const line = Array.from(lines).at(-1);
    const mark = figure.querySelector('circle');
    if (line === undefined || mark === null) return NaN;
    const [x, y] = [mark.cx.baseVal.value, mark.cy.baseVal.value];
    let nearest = Infinity;
    for (let at = 0; at <= line.getTotalLength(); at += 0.5) {
      const point = line.getPointAtLength(at);
      nearest = Math.min(nearest, Math.hypot(point.x - x, point.y - y));
    }
    return nearest;
  });
  expect(distance).toBeLessThan(1.5);
}

/** A saved drawing stands on its own: no classes, no variables, the words of its marks readable. */
async function expectSavedCharts({ page, training }: StudioPage): Promise<void> {
  const take = async (title: string, item: string): Promise<Buffer> => {
    await training.getByRole('button', { name: `Save the chart ${title}` }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: item }).click(),
    ]);
    return readFile(await download.path());
  };
  const svg = (await take('Loss by epoch', 'Save as SVG')).toString();
  expect(svg).not.toMatch(/class=|var\(|style=/);
  for (const word of ['Loss by epoch', 'Training', 'Validation', '>best '])
    expect(svg).toContain(word);
  // Epochs are whole.
  expect(svg).not.toMatch(/>\d+\.0+</);
  const fillOf = (word: string) =>
    new RegExp(`<text[^>]* fill="([^"]+)"[^>]*>${word}`).exec(svg)?.[1];
  expect(fillOf('Training')).toMatch(/^rgb/);
  expect(fillOf('Training')).not.toBe(fillOf('Validation'));
  const png = await take('Accuracy by epoch', 'Save as PNG');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
}

/** Over all epochs some photo changes sides; the lists hold as many as they say. */
async function expectFlips(studio: StudioPage): Promise<void> {
  const machine = studio.timeMachine;
  const slider = machine.getByRole('slider', { name: 'Epoch', exact: true });
  let flipped = 0;
  for (const key of ['End', 'PageDown', 'Home']) {
    await slider.press(key);
    // The epoch in use may itself be the first one: nothing flips between it and itself.
    const back = machine.getByRole('button', { name: /^Back to the epoch in use/ });
    if (await back.isDisabled()) continue;
    await expect(machine.getByText(/^Between epoch \d+ \(in use\) and epoch \d+$/)).toBeVisible();
    for (const kind of ['Right to wrong', 'Wrong to right']) {
      const text = (await machine.getByText(new RegExp(`^${kind}: `)).textContent()) ?? '';
      const said = Number(/(\d+) photo/.exec(text)?.[1] ?? 0);
      const list = machine.getByRole('list', { name: new RegExp(`^${kind}: `) });
      await expect(list.getByRole('img')).toHaveCount(Math.min(24, said));
      flipped += said;
    }
  }
  expect(flipped).toBeGreaterThan(0);
  const back = machine.getByRole('button', { name: /^Back to the epoch in use/ });
  if (await back.isEnabled()) await back.click();
}

async function rightOf(studio: StudioPage, unseen: SharedOutPhotos['keptBack']): Promise<number> {
  let right = 0;
  for (const { className, file } of unseen) {
    if ((await studio.tryPhoto(file)).className === className) right += 1;
  }
  return right;
}

/** At the knobs the curves are still to be seen, and one press leads back to the large ones. */
async function expectCurvesInSight(studio: StudioPage): Promise<void> {
  const back = studio.training.getByRole('button', { name: 'Back to the curves', exact: true });
  await studio.training.getByRole('slider', { name: 'Patience', exact: true }).focus();
  await expect(back).toBeInViewport();
  await back.click();
  await expect(back).toBeHidden();
  await expect(studio.training.getByRole('figure', { name: /^Loss by epoch/ })).toBeInViewport();
}
