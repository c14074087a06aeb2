/** A class without a network: after one visit everything goes on, from sample pictures to a prediction. */
import { expect, test } from '../fixtures/app.ts';
import { patternPhoto } from '../fixtures/generated-photos.ts';
import { storedEmbeddingCount, storedPhotos, storedRunCount } from '../fixtures/stored-data.ts';
import { DisturbedStudio } from '../pages/disturbed-studio.ts';

test('with the server gone: boots, draws samples, embeds, trains, predicts, and asks nobody else', async ({
  page,
  ownServer,
  consoleWatch,
}) => {
  const origin = new URL(ownServer.url).origin;
  const elsewhere: string[] = [];
  page.context().on('request', (request) => {
    const url = request.url();
    if (!/^(?:blob|data):/.test(url) && new URL(url).origin !== origin) elsewhere.push(url);
  });
  const studio = new DisturbedStudio(page);
  await page.goto(ownServer.url);
  await studio.offlineReady();
  await ownServer.kill();
  await expect(fetch(ownServer.url)).rejects.toThrow();

  // The list of self-hosted backbones is asked for at every start; without a server it cannot come.
  consoleWatch.allow(/Failed to load resource.*ERR_(?:CONNECTION_REFUSED|FAILED)/);
  await page.reload();
  await studio.ready();
  await expect(page.locator('html')).toHaveAttribute('data-backbone', 'headstart-v2-050');
  await studio.addSamples(5);
  await studio.settled();
  expect(await storedPhotos(page)).toHaveLength(15);
  expect(await storedEmbeddingCount(page)).toBe(15);
  await studio.setNumber('Epochs', 5);
  await studio.trainAgain();
  const answer = await studio.tryPhoto(patternPhoto('dots', 1));
  expect(['healthy', 'rust', 'blight']).toContain(answer.className);
  expect(answer.percent).toBeGreaterThan(0);

  await page.reload();
  await studio.ready();
  expect(await storedRunCount(page)).toBe(1);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(studio.notices()).toHaveText('');
  expect(elsewhere).toEqual([]);
});
