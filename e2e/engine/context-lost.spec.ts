/** A graphics context that goes away under the running app. Here because it needs software WebGL. */
import { expect, test } from '../fixtures/app.ts';
import { loseGraphics, watchRequests, workerThatGot } from '../fixtures/app-workers.ts';
import { patternPhotos } from '../fixtures/generated-photos.ts';
import { storedEmbeddingCount } from '../fixtures/stored-data.ts';
import { StudioPage } from '../pages/studio-page.ts';

test('a lost WebGL context: the next backend takes over, with a notice, and work goes on', async ({
  page,
  consoleWatch,
}) => {
  consoleWatch.allow(/WebGL|CONTEXT_LOST/i);
  const studio = new StudioPage(page);
  await studio.open({ backend: 'webgl' });
  await studio.usesBackend('webgl');
  await studio.addClass('dots');
  await watchRequests(page);
  await studio.chooseFiles('dots', patternPhotos('dots', 20));
  const embedder = await workerThatGot(page, 'embed');
  expect(await loseGraphics(embedder)).toBe(true);

  await expect(studio.notices()).toContainText('The webgl backend stopped working');
  await expect(page.locator('html')).toHaveAttribute('data-backend-embedding', /^(wasm|cpu)$/);
  await studio.settled();
  expect(await storedEmbeddingCount(page)).toBe(20);
  await studio.addClass('stripes');
  await studio.addPhotos('stripes', patternPhotos('stripes', 6));
  await studio.setNumber('Epochs', 3);
  await studio.train();
});
