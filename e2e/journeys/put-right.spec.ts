/** Putting a data set right: the large preview, filters, the rubber band, merging; all undoable. */
import type { Locator } from '@playwright/test';
import { violationsOn } from '../fixtures/accessibility.ts';
import { expect, test } from '../fixtures/app.ts';
import { patternPhotos } from '../fixtures/generated-photos.ts';
import { photoFolders } from '../fixtures/photo-folders.ts';
import { wideFlag } from '../fixtures/planted-set.ts';
import { StudioPage } from '../pages/studio-page.ts';

const PER_CLASS = 10;

async function openSorted(studio: StudioPage): Promise<void> {
  await studio.open();
  await studio.addFolders(
    await photoFolders({
      flags: [wideFlag()],
      stripes: patternPhotos('stripes', PER_CLASS),
      dots: patternPhotos('dots', PER_CLASS),
    }),
  );
}

/** RGB at a place (0 to 1) of what the backbone is given. */
async function seenAt(dialog: Locator, fit: string, x: number, y: number): Promise<number[]> {
  const canvas = dialog.getByRole('img', { name: /as the backbone sees it/ });
  await expect(canvas).toHaveAttribute('data-fit', fit);
  return canvas.evaluate(
    (element, [x, y]) => {
      if (!(element instanceof HTMLCanvasElement)) throw new Error('no canvas');
      const { width, height } = element;
      const context = element.getContext('2d');
      if (context === null) throw new Error('no context');
      const at = context.getImageData(Math.floor(x * width), Math.floor(y * height), 1, 1);
      return [...at.data.slice(0, 3)];
    },
    [x, y] as const,
  );
}

test('the preview shows what the backbone sees, and everything can be done in it', async ({
  page,
}) => {
  const studio = new StudioPage(page);
  await openSorted(studio);
  await studio.photosOf('flags').first().dblclick();
  const dialog = page.getByRole('dialog', { name: /^Photo / });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('heading')).toHaveText('flag.png');

  // Cropped, the red and the blue end are gone; padded, there are grey bars; stretched, all is there.
  const [cropRed = 255, cropGreen = 0] = await seenAt(dialog, 'crop', 0.03, 0.5);
  expect(cropGreen).toBeGreaterThan(cropRed + 80);
  await dialog.getByRole('radio', { name: 'Pad' }).check({ force: true });
  expect(await seenAt(dialog, 'pad', 0.5, 0.05)).toEqual([128, 128, 128]);
  await dialog.getByRole('radio', { name: 'Stretch' }).check({ force: true });
  const [red = 0, green = 255] = await seenAt(dialog, 'stretch', 0.03, 0.05);
  expect(red).toBeGreaterThan(green + 80);
  expect(await violationsOn(page, 'preview', '[role="dialog"]')).toEqual([]);
  await dialog.getByRole('radio', { name: 'Crop' }).check({ force: true });

  // Arrow keys go on, digits give a class, Delete removes; undo takes each back.
  await dialog.getByRole('heading').click();
  await page.keyboard.press('ArrowRight');
  await expect(dialog).toContainText(`${String(PER_CLASS + 2)} of ${String(2 * PER_CLASS + 1)}`);
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('3'); // classes stand in alphabetical order: dots, flags, stripes
  await expect(dialog.getByRole('button', { name: /Class$/ })).toContainText('stripes');
  await page.keyboard.press('p');
  await expect(dialog.getByRole('status')).toContainText('Stays in');
  await page.keyboard.press('Delete');
  await expect(dialog.getByRole('heading')).not.toHaveText('flag.png');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await studio.counts(3, 2 * PER_CLASS + 1);
  await expect(studio.photosOf('flags')).toHaveCount(1);
});

test('photos are searched, filtered and sorted', async ({ page }) => {
  const studio = new StudioPage(page);
  await openSorted(studio);
  const tools = studio.data.getByRole('group', { name: 'Filter and sort photos' });
  const status = tools.getByRole('status');
  await tools.getByRole('searchbox').fill('STRIPES-3');
  await expect(status).toHaveText('1 of 21 photos shown.');
  await expect(studio.data.getByRole('option')).toHaveCount(1);
  await expect(studio.classColumn('dots')).toContainText('No photo of this class passes');
  await tools.getByRole('button', { name: 'Show all' }).click();
  await expect(studio.photosOf('stripes')).toHaveCount(PER_CLASS);

  await tools.getByRole('button', { name: 'Filter', exact: true }).click();
  const choices = page.getByRole('dialog', { name: 'Filter and sort photos' });
  await choices.getByRole('button', { name: /Side of the split/ }).click();
  await page.getByRole('option', { name: 'Validation', exact: true }).click();
  await choices.getByRole('button', { name: /Order/ }).click();
  await page.getByRole('option', { name: 'By name' }).click();
  await page.keyboard.press('Escape');
  const shown = studio.photosOf('stripes');
  await expect(shown.first()).toHaveAccessibleName(/, validation/);
  const names = await shown.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
  expect(names).toEqual(names.toSorted());
  expect(names.every((name) => name?.endsWith('validation') === true)).toBe(true);
});

test('a box drawn with the mouse selects, over several classes', async ({ page }) => {
  const studio = new StudioPage(page);
  await openSorted(studio);
  const column = await studio.classColumn('dots').boundingBox();
  const end = await studio.photosOf('stripes').nth(2).boundingBox();
  if (column === null || end === null) throw new Error('nothing to draw over');
  // From the free edge of the first column to the middle of the third photo of the last one.
  await page.mouse.move(column.x + 3, column.y + 3);
  await page.mouse.down();
  await page.mouse.move(column.x + 60, column.y + 60, { steps: 5 });
  await page.mouse.move(end.x + end.width / 2, end.y + end.height / 2, { steps: 10 });
  const selected = page.getByRole('option', { selected: true });
  await expect(studio.photosOf('stripes').and(selected)).toHaveCount(3);
  await page.mouse.up();
  await expect(studio.photosOf('flags').and(selected)).toHaveCount(1);
  await expect(studio.photosOf('dots').nth(2).and(selected)).toBeVisible();
  const toolbar = studio.data.getByRole('toolbar', { name: 'Selected photos' });
  await toolbar.getByRole('button', { name: 'Delete photos' }).click();
  await expect(studio.photosOf('stripes')).toHaveCount(PER_CLASS - 3);
  await expect(studio.photosOf('flags')).toHaveCount(0);
  await studio.data.getByRole('button', { name: /^Undo/ }).first().click();
  await studio.counts(3, 2 * PER_CLASS + 1);
});

test('classes are merged and taken apart again', async ({ page }) => {
  const studio = new StudioPage(page);
  await openSorted(studio);
  await studio.data.getByRole('button', { name: 'Actions for flags', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Merge into another class' }).click();
  const dialog = page.getByRole('dialog', { name: /^Merge “flags”/ });
  await dialog.getByRole('button', { name: /stripes/ }).click();
  await studio.counts(2, 2 * PER_CLASS + 1);
  await expect(studio.photosOf('stripes')).toHaveCount(PER_CLASS + 1);
  await studio.data.getByRole('button', { name: /^Undo/ }).first().click();
  await studio.counts(3, 2 * PER_CLASS + 1);
  await expect(studio.photosOf('stripes')).toHaveCount(PER_CLASS);
});
