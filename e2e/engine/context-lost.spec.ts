/** A graphics context that goes away under the running app. Here because it needs software WebGL. */
import { expect, test } from '../fixtures/app.ts';
import { loseGraphics, watchRequests, workerThatGot } from '../fixtures/app-workers.ts';
import { patternPhotos } from '../fixtures/generated-photos.ts';
import { storedEmbeddingCount } from '../fixtures/stored-data.ts';
import { DisturbedStudio } from '../pages/disturbed-studio.ts';

test('a lost WebGL context: the next backend takes over, with a notice, and work goes on', async ({
  page,
  consoleWatch,
}) => {
  test.setTimeout(300_000);
  consoleWatch.allow(/WebGL|CONTEXT_LOST/i);
  const studio = new DisturbedStudio(page);
  await page.goto('./?backend=webgl');
  // Two workers compile their shaders in software, side by side.
  await expect(studio.root).toHaveAttribute('data-backbone', /.+/, { timeout: 180_000 });
  await studio.usesBackend('webgl');
  await studio.addDots(1);
  await watchRequests(page);
  await studio.chooseFiles('dots', patternPhotos('dots', 19, 1));
  const embedder = await workerThatGot(page, 'embed');
  expect(await loseGraphics(embedder)).toBe(true);

  await expect(studio.notices()).toContainText('The webgl backend stopped working', {
    timeout: 60_000,
  });
  await expect(page.locator('html')).toHaveAttribute('data-backend-embedding', /^(wasm|cpu)$/);
  await studio.settled();
  expect(await storedEmbeddingCount(page)).toBe(20);
  await studio.addClass('stripes');
  await studio.addPhotos('stripes', patternPhotos('stripes', 6));
  await studio.setNumber('Epochs', 3);
  await studio.trainAgain();
});
