/** One project in two tabs: one writes, the other is told, and can take over. */
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/app.ts';
import { patternPhotos } from '../fixtures/generated-photos.ts';
import { storedPhotos } from '../fixtures/stored-data.ts';
import { DisturbedStudio } from '../pages/disturbed-studio.ts';

const takeOver = (page: Page) => page.getByRole('button', { name: 'Work here instead' });

test('the second tab only reads, takes over when asked, and the first one says so', async ({
  page,
  context,
}) => {
  const first = new DisturbedStudio(page);
  await first.open();
  await first.addTwoClasses(4);
  const other = await context.newPage();
  const second = new DisturbedStudio(other);
  await second.open();
  await expect(second.notices()).toContainText('open in another tab');
  await second.showsPhotoCount('dots', 4);
  await other.getByTestId('photo-input-dots').setInputFiles(patternPhotos('dots', 2, 20));
  await expect(second.notices()).toContainText('Nothing was changed');
  await second.showsPhotoCount('dots', 4);

  await first.addPhotos('dots', patternPhotos('dots', 3, 30));
  await takeOver(other).click();
  await expect(takeOver(other)).toHaveCount(0);
  await second.showsPhotoCount('dots', 7);
  await expect(first.notices()).toContainText('Another tab has taken this project over');
  await second.addPhotos('dots', patternPhotos('dots', 2, 40));
  expect(await storedPhotos(other)).toHaveLength(13);

  await takeOver(page).click();
  await expect(takeOver(page)).toHaveCount(0);
  await first.showsPhotoCount('dots', 9);
  await expect(takeOver(other)).toBeVisible();
});

test('when the writing tab is gone the other goes on by itself', async ({ page, context }) => {
  const first = new DisturbedStudio(page);
  await first.open();
  await first.addTwoClasses(4);
  const other = await context.newPage();
  const second = new DisturbedStudio(other);
  await second.open();
  await expect(takeOver(other)).toBeVisible();
  await page.close({ runBeforeUnload: false });
  await expect(takeOver(other)).toHaveCount(0);
  await second.addPhotos('dots', patternPhotos('dots', 2, 20));
  expect(await storedPhotos(other)).toHaveLength(10);
});

test('two tabs on two projects do not disturb each other', async ({ page, context }) => {
  const first = new DisturbedStudio(page);
  await first.open();
  await first.addDots(3);
  const other = await context.newPage();
  const second = new DisturbedStudio(other);
  await second.open();
  await other.getByRole('button', { name: 'Projects', exact: true }).click();
  await other.getByRole('button', { name: 'New project' }).click();
  await expect(other.getByRole('textbox', { name: 'Project name' })).toHaveValue('Project 2');
  await second.ready();
  await expect(takeOver(other)).toHaveCount(0);
  await second.addDots(2);
  await second.showsPhotoCount('dots', 2);
  await first.addPhotos('dots', patternPhotos('dots', 2, 20));
  await first.showsPhotoCount('dots', 5);
  expect(await storedPhotos(page)).toHaveLength(7);
});
