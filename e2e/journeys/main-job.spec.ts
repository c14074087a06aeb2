/** The main job on photos drawn for the test: folders in, train, read the curves, try a new photo. */
import { expect, test } from '../fixtures/app.ts';
import { patternPhoto, patternPhotos } from '../fixtures/generated-photos.ts';
import { photoFolders } from '../fixtures/photo-folders.ts';
import { StudioPage } from '../pages/studio-page.ts';

/** Numbers of photos that are in no set. */
const UNSEEN = 900;

test('two folders become a model that knows a new photo, and a reload loses nothing', async ({
  page,
}) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.usesBackend('wasm');

  const folder = await photoFolders({
    stripes: patternPhotos('stripes', 24),
    dots: patternPhotos('dots', 24),
  });
  expect(await studio.addFolders(folder)).toContain('48 of 48 photos added.');
  await studio.counts(2, 48);
  await expect(studio.classColumn('stripes')).toBeVisible();
  await expect(studio.classColumn('dots')).toBeVisible();

  // So strict about what counts as better that the rule stops within the run.
  await studio.showAllSettings();
  await studio.setNumber('Patience', 3);
  await studio.setNumber('Minimum improvement', 0.05);
  await studio.train();
  await studio.usesBackend('wasm');

  const before = await checkCurves(studio);
  const reading = studio.training.getByRole('status', { name: 'What the curves say' });
  await expect(reading).not.toBeEmpty();
  await expect(reading).not.toContainText(/Train once|Watch the two curves/);
  const sentence = (await reading.textContent()) ?? '';
  await expect(
    studio.training.getByText(`The head from epoch ${String(before.best)} is the one in use.`),
  ).toBeVisible();
  await expectUnseenRight(studio, UNSEEN);

  await page.reload();
  await studio.ready();
  await studio.usesBackend('wasm');
  await studio.counts(2, 48);
  await expect(reading).toHaveText(sentence);
  expect(await checkCurves(studio)).toEqual(before);
  await expectUnseenRight(studio, UNSEEN + 10);
});

test('photos can be picked one class at a time', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  expect(await studio.addLoosePhotos(patternPhotos('stripes', 10))).toContain('10 of 10 photos');
  const name = studio.data.getByRole('textbox', { name: 'Name of class Class 1' });
  await name.fill('stripes');
  await name.press('Enter');
  await studio.addClass('dots');
  expect(await studio.addPhotos('dots', patternPhotos('dots', 10))).toContain('10 of 10 photos');
  await studio.counts(2, 20);
  await studio.setNumber('Epochs', 30);
  await studio.train();
  await expectUnseenRight(studio, UNSEEN);
});

/** Figure, reading by value, table, and the two marks; returns what must survive a reload. */
async function checkCurves(studio: StudioPage) {
  for (const name of ['Loss by epoch', 'Accuracy by epoch'] as const) {
    await expect(studio.figure(name)).toBeVisible();
    await expect(studio.curve(name)).toHaveAttribute('aria-valuetext', /training .+, validation /);
  }
  const losses = await studio.curveTable('Loss by epoch');
  const accuracies = await studio.curveTable('Accuracy by epoch');
  expect(losses.map(({ epoch }) => epoch)).toEqual(losses.map((_, i) => i + 1));
  expect(accuracies).toHaveLength(losses.length);
  for (const { training, validation } of losses) {
    expect(Number(training)).toBeGreaterThanOrEqual(0);
    expect(Number(validation)).toBeGreaterThanOrEqual(0);
  }
  const best = losses.find(({ remark }) => remark.includes('Best epoch'))?.epoch ?? NaN;
  const stopped = losses.find(({ remark }) => remark.includes('Early stopping'))?.epoch ?? NaN;
  // The marks stand where the numbers say: the lowest loss until the stop, and the stop in the run.
  expect(stopped).toBeLessThan(losses.length);
  const untilStop = losses.filter(({ epoch }) => epoch <= stopped);
  const lowest = Math.min(...untilStop.map(({ validation }) => Number(validation)));
  expect(Number(losses[best - 1]?.validation)).toBe(lowest);
  await expect(studio.curve('Loss by epoch')).toHaveAccessibleName(
    new RegExp(`Best epoch ${String(best)}\\..*Early stopping at epoch ${String(stopped)}\\.`),
  );
  return { best, stopped, losses, accuracies };
}

async function expectUnseenRight(studio: StudioPage, from: number): Promise<void> {
  for (const pattern of ['stripes', 'dots'] as const) {
    const answer = await studio.tryPhoto(patternPhoto(pattern, from));
    expect(answer.className).toBe(pattern);
    expect(answer.percent).toBeGreaterThan(50);
  }
}
