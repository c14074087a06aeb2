/** Workers that die while they work: the person is told, nothing is lost, and work goes on. */
import { expect, test } from '../fixtures/app.ts';
import { crash, watchRequests, workerThatGot } from '../fixtures/app-workers.ts';
import { patternPhotos } from '../fixtures/generated-photos.ts';
import { storedEmbeddingCount, storedPhotos } from '../fixtures/stored-data.ts';
import { DisturbedStudio } from '../pages/disturbed-studio.ts';

test('a worker that dies while it trains: the run fails with a sentence, and Train works again', async ({
  page,
  consoleWatch,
}) => {
  consoleWatch.allow(/crashed on purpose/);
  const studio = new DisturbedStudio(page);
  await studio.open();
  await studio.addTwoClasses(12);
  // Far more than it gets through while the test goes on.
  await studio.setNumber('Hidden units', 256);
  await studio.setNumber('Epochs', 5000);
  await studio.setSwitch('Early stopping', false);
  await watchRequests(page);
  await studio.startTraining();
  const trainer = await workerThatGot(page, 'head/train');
  await crash(trainer);

  await expect(page.locator('html')).toHaveAttribute('data-training', 'failed');
  const progress = studio.training.getByRole('status', { name: 'Training progress' });
  await expect(progress).toContainText('Your photos and settings are safe');
  await expect(studio.notices()).toContainText('The part that trains');
  await studio.showsPhotoCount('dots', 12);
  expect(await storedPhotos(page)).toHaveLength(24);

  await studio.setNumber('Epochs', 5);
  await studio.trainAgain();
  await expect(progress).toContainText('All 5 epochs done');
  await studio.usesBackend('wasm');
});

test('a worker that dies while it embeds: embedding goes on and finishes', async ({
  page,
  consoleWatch,
}) => {
  consoleWatch.allow(/crashed on purpose/);
  const studio = new DisturbedStudio(page);
  await studio.open();
  await studio.addDots(1);
  await watchRequests(page);
  await studio.chooseFiles('dots', patternPhotos('dots', 48, 1));
  const embedder = await workerThatGot(page, 'embed');
  await crash(embedder);

  await expect(studio.notices()).toContainText('The part that looks at photos');
  await studio.settled();
  await expect(page.getByRole('button', { name: 'Continue embedding' })).toHaveCount(0);
  expect(await storedPhotos(page)).toHaveLength(49);
  expect(await storedEmbeddingCount(page)).toBe(49);
  await studio.addClass('stripes');
  await studio.addPhotos('stripes', patternPhotos('stripes', 8));
  await studio.setNumber('Epochs', 3);
  await studio.trainAgain();
});

test('an intake worker that dies while photos come in: every photo arrives', async ({
  page,
  consoleWatch,
}) => {
  consoleWatch.allow(/crashed on purpose/);
  const studio = new DisturbedStudio(page);
  await studio.open();
  await studio.addDots(1);
  const intake = page.workers().find((worker) => worker.url().includes('intake.worker'));
  expect(intake).toBeDefined();
  await studio.chooseFiles('dots', patternPhotos('dots', 30, 1));
  if (intake !== undefined) await crash(intake);
  await expect(studio.notices()).toContainText('The part that reads photos');
  await studio.settled();
  await expect(studio.intakeResult()).toContainText('30 of 30 photos added');
  expect(await storedPhotos(page)).toHaveLength(31);
});
