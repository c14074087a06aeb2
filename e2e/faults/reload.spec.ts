/** A page that goes away in the middle of something. */
import { expect, test } from '../fixtures/app.ts';
import { patternPhotos } from '../fixtures/generated-photos.ts';
import {
  photosWithoutPicture,
  storedEmbeddingCount,
  storedPhotos,
  storedRunCount,
} from '../fixtures/stored-data.ts';
import { DisturbedStudio } from '../pages/disturbed-studio.ts';

test('a reload while photos come in keeps every photo that was shown', async ({ page }) => {
  const studio = new DisturbedStudio(page);
  await studio.open();
  await studio.addDots(1);
  await studio.chooseFiles('dots', patternPhotos('dots', 120, 1));
  await expect(studio.photosOf('dots').nth(5)).toBeVisible();
  const shown = await studio
    .photosOf('dots')
    .evaluateAll((options) =>
      options.map((option) => (option.getAttribute('aria-label') ?? '').replace(/, \w+$/, '')),
    );
  await page.reload();
  await studio.ready();
  await studio.settled();
  const stored = (await storedPhotos(page)).map(({ name }) => name);
  expect(shown.length).toBeGreaterThan(0);
  expect(stored).toEqual(expect.arrayContaining(shown));
  expect(new Set(stored).size).toBe(stored.length);
  expect(stored.length, 'the reload came too late to interrupt anything').toBeLessThan(121);
  expect(await photosWithoutPicture(page)).toEqual([]);
  await studio.showsPhotoCount('dots', stored.length);
  expect(await storedEmbeddingCount(page)).toBe(stored.length);
});

test('a reload while it trains keeps photos, settings and the run before', async ({ page }) => {
  const studio = new DisturbedStudio(page);
  await studio.open();
  await studio.addTwoClasses(10);
  await studio.setNumber('Epochs', 4);
  await studio.trainAgain();
  await expect.poll(() => storedRunCount(page)).toBe(1);
  await studio.setSwitch('Early stopping', false);
  // Far more than it gets through while the test goes on.
  await studio.setNumber('Hidden units', 256);
  await studio.setNumber('Epochs', 5000);
  await studio.startTraining();
  await page.reload();
  await studio.ready();

  await expect(page.locator('html')).toHaveAttribute('data-training', 'finished');
  await studio.showsPhotoCount('dots', 10);
  await studio.showsPhotoCount('stripes', 10);
  const progress = studio.training.getByRole('status', { name: 'Training progress' });
  await expect(progress).toContainText('All 4 epochs done');
  await expect(studio.numberField('Epochs')).toHaveValue('5000');
  await studio.setNumber('Epochs', 3);
  await studio.trainAgain();
  await expect.poll(() => storedRunCount(page)).toBe(2);
});
