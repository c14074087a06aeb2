/** The browser's pretend camera, through the real workers: recording a class, and live prediction. */
import { expect, test } from '../fixtures/app.ts';
import { patternPhotos } from '../fixtures/generated-photos.ts';
import { storedPhotos } from '../fixtures/stored-data.ts';
import { DisturbedStudio } from '../pages/disturbed-studio.ts';

test.use({ permissions: ['camera'] });

test('holding the button records photos of one burst, which stay on one side', async ({ page }) => {
  const studio = new DisturbedStudio(page);
  await studio.open();
  await page.getByRole('button', { name: 'Use the camera' }).click();
  const panel = page.getByRole('dialog').or(page.getByRole('region', { name: /camera/i }));
  const hold = panel.getByRole('button', { name: 'Hold to record' }).first();
  await expect(hold).toBeEnabled();
  for (let burst = 0; burst < 2; burst++) {
    await hold.hover();
    await page.mouse.down();
    await expect(page.getByText(/^(?:[3-9]|[1-9]\d+) photos recorded\.$/)).toBeVisible();
    await page.mouse.up();
    await studio.settled();
    await page.waitForTimeout(300);
    if (burst === 0) {
      const first = await storedPhotos(page);
      expect(new Set(first.map(({ origin }) => origin.burstId)).size).toBe(1);
    }
    // One recording cannot check itself; with the second there is nothing left to say.
    await expect(panel.getByText(/is one recording so far/)).toHaveCount(burst === 0 ? 1 : 0);
  }
  await studio.settled();
  const photos = await storedPhotos(page);
  expect(photos.length).toBeGreaterThanOrEqual(3);
  const sides = new Map<string, Set<string>>();
  for (const { origin, side } of photos) {
    expect(origin.kind).toBe('webcam');
    const burst = origin.burstId ?? '';
    expect(burst).not.toBe('');
    sides.set(burst, (sides.get(burst) ?? new Set()).add(side));
  }
  expect(sides.size).toBe(2);
  for (const [burst, where] of sides) expect(where.size, `sides of ${burst}`).toBe(1);
});

test('live prediction runs while the camera is on, and stops with it', async ({ page }) => {
  const studio = new DisturbedStudio(page);
  await studio.open();
  await studio.addTwoClasses(6);
  await studio.setNumber('Epochs', 5);
  await studio.trainAgain();
  await studio.tryIt.getByRole('button', { name: 'Start camera' }).click();
  const status = studio.tryIt.getByRole('status', { name: 'Prediction' });
  await expect(status).toContainText(/Camera: (?:dots|stripes), \d+/);
  await expect(studio.tryIt.getByText(/a second, each in/)).toBeVisible();
  await studio.tryIt.getByRole('button', { name: 'Stop camera' }).click();
  await expect(studio.tryIt.getByRole('button', { name: 'Start camera' })).toBeVisible();
  await expect(studio.tryIt.locator('video')).toHaveCount(0);
  // Photos can be tried right after: nothing holds the worker.
  const answer = await studio.tryPhoto(patternPhotos('stripes', 1, 40)[0] ?? '');
  expect(answer.percent).toBeGreaterThan(0);
});
