/** Why the model answers as it does, and the map of all photos, on photos drawn for the test. */
import { expect, test } from '../fixtures/app.ts';
import { violationsOn } from '../fixtures/accessibility.ts';
import { patternPhoto, patternPhotos } from '../fixtures/generated-photos.ts';
import { photoFolders } from '../fixtures/photo-folders.ts';
import { StudioPage } from '../pages/studio-page.ts';

const PER_CLASS = 12;
const UNSEEN = 900;

async function startTrained(studio: StudioPage): Promise<void> {
  await studio.open();
  await studio.addFolders(
    await photoFolders({
      stripes: patternPhotos('stripes', PER_CLASS),
      dots: patternPhotos('dots', PER_CLASS),
    }),
  );
  await studio.counts(2, 2 * PER_CLASS);
  await studio.setNumber('Epochs', 20);
  await studio.train();
}

test('a photo shows where its answer comes from, and what hiding that does', async ({ page }) => {
  const studio = new StudioPage(page);
  await startTrained(studio);
  const { tryIt } = studio;
  const { className } = await studio.tryPhoto(patternPhoto('stripes', UNSEEN));
  await expect(tryIt.getByRole('img', { name: /^Evidence for/ })).toHaveCount(0);
  await tryIt.getByText('Show why', { exact: true }).click();
  await expect(tryIt.getByRole('switch', { name: 'Show why' })).toBeChecked();
  const overlay = tryIt.getByRole('img', { name: new RegExp(`^Evidence for ${className}, `) });
  await expect(overlay).toBeVisible();

  // As large as the picture under it, and not empty.
  const picture = tryIt.getByRole('img', { name: `stripes-${String(UNSEEN)}.png` });
  const [over, under] = [await overlay.boundingBox(), await picture.boundingBox()];
  for (const side of ['x', 'y', 'width', 'height'] as const) {
    expect(Math.abs((over?.[side] ?? 0) - (under?.[side] ?? 99))).toBeLessThan(1.5);
  }
  const opacity = await overlay.evaluate((element) => {
    const canvas = element as HTMLCanvasElement;
    const image = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0;
    for (let at = 3; at < (image?.data.length ?? 0); at += 4) sum += image?.data[at] ?? 0;
    return sum;
  });
  expect(opacity).toBeGreaterThan(0);

  // The numbers on screen add up: evidence and starting value make the score.
  await tryIt.getByRole('button', { name: 'How to read this' }).click();
  const sum =
    (await tryIt.getByText(/^Evidence [-−]?[\d.]+ and .* make the score/).textContent()) ?? '';
  const numbers = [...sum.replaceAll('−', '-').matchAll(/-?\d+\.\d+/g)].map(Number);
  expect(numbers).toHaveLength(3);
  const [evidence = NaN, bias = NaN, score = NaN] = numbers;
  expect(Math.abs(evidence + bias - score)).toBeLessThan(0.021);

  await tryIt.getByRole('button', { name: /Evidence for/ }).click();
  await page.getByRole('option', { name: 'dots', exact: true }).click();
  await expect(
    tryIt.getByRole('img', { name: /^(Evidence for dots|No evidence for dots)/ }),
  ).toBeVisible();

  await tryIt.getByRole('button', { name: 'Hide parts and look again' }).click();
  await expect(tryIt.getByRole('status', { name: 'What hiding shows' })).toHaveText(
    /Hiding the marked area \(\d+% of the picture\)|No single part matters/,
    { timeout: 60_000 },
  );
  expect(await violationsOn(page, 'why')).toEqual([]);
});

test('the map has every photo; a lasso relabels, and undo takes it back', async ({ page }) => {
  const studio = new StudioPage(page);
  await startTrained(studio);
  await studio.openView('Evaluate');
  await page.getByRole('tab', { name: 'Map' }).click();
  const map = page.getByRole('application', { name: /^Map of 24 photos/ });
  await expect(map).toBeVisible({ timeout: 60_000 });

  const tab = page.getByRole('region', { name: 'Map of all photos' });
  await tab.getByRole('button', { name: 'Show as a table' }).click();
  const rows = tab.getByRole('table').getByRole('row');
  await expect(rows).toHaveCount(1 + 2 * PER_CLASS);
  const ofClass = (name: string) =>
    tab.getByRole('table').getByRole('row', { name: new RegExp(`on the map ${name} `) });
  await expect(ofClass('dots')).toHaveCount(PER_CLASS);

  // By keyboard: from photo to photo, and one selected.
  await map.focus();
  await page.keyboard.press('ArrowRight');
  const focused = tab.getByRole('status', { name: 'Photo on the map' });
  await expect(focused).toHaveText(/\.png: (stripes|dots), (training|validation)/);
  await expect(tab.getByRole('list', { name: /^Most alike to/ }).getByRole('listitem')).toHaveCount(
    8,
  );
  await page.keyboard.press('Space');
  const bar = tab.getByRole('toolbar', { name: 'Photos selected on the map' });
  await expect(bar).toContainText('1 photo selected');
  await page.keyboard.press('Escape');
  await expect(bar).toContainText('0 photos selected');

  // By pointer: a lasso around everything.
  await tab.getByText('Draws a lasso', { exact: true }).click();
  await map.scrollIntoViewIfNeeded();
  const box = await map.boundingBox();
  if (box === null) throw new Error('the map has no place on the page');
  const corner = (x: number, y: number) =>
    page.mouse.move(box.x + 3 + x * (box.width - 60), box.y + 3 + y * (box.height - 6));
  await corner(0, 0);
  await page.mouse.down();
  await corner(1, 0);
  await corner(1, 1);
  await corner(0, 1);
  await corner(0, 0.02);
  await page.mouse.up();
  await expect(bar).toContainText('24 photos selected');
  await bar.getByRole('button', { name: 'Move to' }).click();
  await page.getByRole('menuitem', { name: 'stripes' }).click();
  await expect(ofClass('dots')).toHaveCount(0);
  await expect(ofClass('stripes')).toHaveCount(2 * PER_CLASS);
  await bar.getByRole('button', { name: 'Undo the last change' }).click();
  await expect(ofClass('dots')).toHaveCount(PER_CLASS);
  expect(await violationsOn(page, 'map')).toEqual([]);
});
