/** What people do wrong or by accident: nothing crashes, nothing is lost, and a sentence explains. */
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/app.ts';
import { patternPhotos, type PhotoFile } from '../fixtures/generated-photos.ts';
import { prepareHiddenTab, setTabHidden } from '../fixtures/hidden-tab.ts';
import { photoFolders } from '../fixtures/photo-folders.ts';
import { storedPhotos } from '../fixtures/stored-data.ts';
import { StudioPage } from '../pages/studio-page.ts';

async function openWith(
  page: Page,
  classes: Readonly<Record<string, readonly PhotoFile[]>>,
): Promise<StudioPage> {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.addFolders(await photoFolders(classes));
  return studio;
}

test('one class only: Train says why it cannot', async ({ page }) => {
  const studio = await openWith(page, { stripes: patternPhotos('stripes', 6) });
  await expect(studio.trainButton).toBeDisabled();
  await expect(studio.trainingProgress).toContainText('One class is not a choice');
  // An empty second class changes nothing about that.
  await studio.addClass('dots');
  await expect(studio.trainButton).toBeDisabled();
  await studio.addPhotos('dots', patternPhotos('dots', 6));
  await expect(studio.trainButton).toBeEnabled();
});

test('no photos at all: Train says what is missing', async ({ page }) => {
  const studio = await openWith(page, { stripes: patternPhotos('stripes', 2) });
  await studio.removeClass('stripes');
  // The last class gone is the empty page again.
  await expect(page.getByRole('button', { name: 'Sample sets', exact: true })).toBeVisible();
  await expect(studio.training).toHaveCount(0);
});

test('classes without a photo: Train says what is missing', async ({ page }) => {
  const studio = await openWith(page, { stripes: patternPhotos('stripes', 2) });
  await studio.addClass('dots');
  await studio.removeClass('stripes');
  await expect(studio.trainButton).toBeDisabled();
  await expect(studio.trainingProgress).toContainText('Add photos first');
});

test('a class with a single photo trains, and is named as unjudged', async ({ page }) => {
  const studio = await openWith(page, {
    stripes: patternPhotos('stripes', 10),
    dots: patternPhotos('dots', 1),
  });
  await expect(studio.data.getByText(/^No validation photo: dots\./)).toBeVisible();
  await studio.setNumber('Epochs', 5);
  await studio.train();
  await expect(studio.figure('Loss by epoch')).toBeVisible();
});

test('the same photo in two classes stays in both, and training goes on', async ({ page }) => {
  const shared = patternPhotos('dots', 1, 50);
  const studio = await openWith(page, {
    stripes: [...patternPhotos('stripes', 8), ...shared],
    dots: [...patternPhotos('dots', 8), ...shared],
  });
  await studio.counts(2, 18);
  const both = studio.data.getByRole('option', { name: /^dots-50\.png, / });
  await expect(both).toHaveCount(2);
  // On one side, or the model would be tested on what it was trained on.
  const [left, right] = await both.evaluateAll((all) =>
    all.map((option) => option.getAttribute('aria-label')),
  );
  expect(left).toBe(right);
  // A second copy within one class adds nothing, and is named.
  expect(await studio.addPhotos('dots', shared)).toContain('0 of 1 photo added');
  await expect(studio.data.getByRole('list', { name: 'Files not added' })).toContainText(
    'dots-50.png',
  );
  await studio.setNumber('Epochs', 5);
  await studio.train();
});

test('a learning rate that is no number, or none that fits, is refused and the old one kept', async ({
  page,
}) => {
  const studio = await openWith(page, {
    stripes: patternPhotos('stripes', 4),
    dots: patternPhotos('dots', 4),
  });
  const field = studio.numberField('Learning rate');
  const kept = await field.inputValue();
  const refusals = [
    ['NaN', '“NaN” is not a number'],
    ['fast', '“fast” is not a number'],
    ['', 'is not a number'],
    ['Infinity', 'Infinity'],
    ['-1', '-1 is outside the range'],
    ['1e9', '1e9 is outside the range'],
  ] as const;
  for (const [typed, sentence] of refusals) {
    await studio.setNumber('Learning rate', typed);
    await expect(studio.training.getByRole('alert')).toContainText(sentence);
    await expect(studio.training.getByRole('alert')).toContainText(`It stays at ${kept}.`);
    await expect(field).toHaveValue(kept);
    await expect(field).toHaveAttribute('aria-invalid', 'true');
  }
  await studio.setNumber('Epochs', 3);
  await studio.train();
  await studio.setNumber('Learning rate', 0.01);
  await expect(studio.training.getByRole('alert')).toHaveCount(0);
  await expect(field).toHaveValue('0.01');
});

test('Train pressed twice is one run', async ({ page }) => {
  const studio = await openWith(page, {
    stripes: patternPhotos('stripes', 8),
    dots: patternPhotos('dots', 8),
  });
  await studio.setNumber('Epochs', 12);
  // Both presses before the page can react to the first one.
  await studio.trainButton.evaluate((button: HTMLElement) => {
    button.click();
    button.click();
  });
  await expect(studio.root).toHaveAttribute('data-training', 'finished', { timeout: 60_000 });
  expect(await studio.curveTable('Loss by epoch')).toHaveLength(12);
  await expect(page.getByRole('list', { name: 'Notices' }).getByRole('listitem')).toHaveCount(0);
});

test('a run in a background tab goes on to its end', async ({ page, context }) => {
  await prepareHiddenTab(page);
  const studio = await openWith(page, {
    stripes: patternPhotos('stripes', 8),
    dots: patternPhotos('dots', 8),
  });
  await studio.setNumber('Epochs', 400);
  await studio.trainButton.click();
  await expect(studio.root).toHaveAttribute('data-training', /preparing|running/);
  await setTabHidden(page, true);
  const other = await context.newPage();
  await other.bringToFront();
  await expect(studio.root).toHaveAttribute('data-training', 'finished', { timeout: 90_000 });
  await other.close();
  await page.bringToFront();
  await setTabHidden(page, false);
  await expect(studio.curve('Loss by epoch')).toHaveAttribute('aria-valuemax', '400');
});

test('a removed class comes back with undo and goes with redo', async ({ page }) => {
  const studio = await openWith(page, {
    stripes: patternPhotos('stripes', 6),
    dots: patternPhotos('dots', 5),
  });
  await studio.removeClass('dots');
  await studio.counts(1, 6);
  const undo = studio.data.getByRole('button', { name: 'Undo', exact: true }).first();
  await undo.click();
  await studio.counts(2, 11);
  await expect(studio.photosOf('dots')).toHaveCount(5);
  await studio.data.getByRole('button', { name: 'Redo', exact: true }).click();
  await studio.counts(1, 6);
  await page.keyboard.press('Control+z');
  await studio.counts(2, 11);

  // Steps are shown at once and written right after; within a few milliseconds a reload would be faster.
  await expect.poll(async () => (await storedPhotos(page)).length).toBe(11);
  await page.reload();
  await studio.ready();
  await studio.counts(2, 11);
  await studio.setNumber('Epochs', 3);
  await studio.train();
});

test('a class cannot take the name of another, or none', async ({ page }) => {
  const studio = await openWith(page, {
    stripes: patternPhotos('stripes', 2),
    dots: patternPhotos('dots', 2),
  });
  const field = studio.data.getByRole('textbox', { name: 'Name of class dots' });
  for (const [typed, sentence] of [
    ['stripes', 'Another class has this name already.'],
    ['   ', 'A class needs a name.'],
  ] as const) {
    await field.fill(typed);
    await field.press('Enter');
    await expect(studio.classColumn('dots').getByRole('alert')).toHaveText(sentence);
    await expect(field).toHaveValue('dots');
  }
  await expect(studio.classColumn('stripes')).toHaveCount(1);
  await field.fill('spots');
  await field.press('Enter');
  await expect(studio.classColumn('spots')).toBeVisible();
  await expect(studio.data.getByRole('alert')).toHaveCount(0);
});
