/** The split that does not lie, as a person sees it: sides hold when photos are added or pinned. */
import { expect, test } from '../fixtures/app.ts';
import { patternPhotos } from '../fixtures/generated-photos.ts';
import { photoFolders } from '../fixtures/photo-folders.ts';
import { storedPhotos } from '../fixtures/stored-data.ts';
import { StudioPage } from '../pages/studio-page.ts';

/** Class and file name to side, read from storage: the lists on screen hold only what is in view. */
async function sides(studio: StudioPage): Promise<ReadonlyMap<string, string>> {
  const photos = await storedPhotos(studio.page);
  return new Map(photos.map(({ classId, name, side }) => [`${classId}/${name}`, side]));
}

function count(all: ReadonlyMap<string, string>, side: string): number {
  return [...all.values()].filter((each) => each === side).length;
}

test('no photo wanders from validation to training when more are added', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.addFolders(
    await photoFolders({
      stripes: patternPhotos('stripes', 15),
      dots: patternPhotos('dots', 15),
    }),
  );
  const first = await sides(studio);
  expect(first.size).toBe(30);
  expect(count(first, 'validation')).toBeGreaterThanOrEqual(4);

  await studio.addPhotos('stripes', patternPhotos('stripes', 20, 100));
  await studio.addPhotos('dots', patternPhotos('dots', 5, 100));
  const second = await sides(studio);
  expect(second.size).toBe(55);
  for (const [photo, side] of first) {
    if (side === 'validation') expect(second.get(photo), photo).toBe('validation');
  }
  // The new ones are shared out too.
  expect(count(second, 'validation')).toBeGreaterThan(count(first, 'validation'));
  const share = count(second, 'validation') / second.size;
  expect(share).toBeGreaterThan(0.12);
  expect(share).toBeLessThan(0.28);
});

test('a pinned photo stays where it was put', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.addFolders(
    await photoFolders({
      stripes: patternPhotos('stripes', 12),
      dots: patternPhotos('dots', 12),
    }),
  );
  const training = studio.photosOf('stripes').and(page.getByRole('option', { name: /, training/ }));
  const fileName = /^(.+\.png),/.exec((await training.first().getAttribute('aria-label')) ?? '');
  const name = fileName?.[1] ?? '';
  const photo = (side: string) =>
    studio.data.getByRole('option', { name: new RegExp(`^${name}, ${side}`) });
  await training.first().click();
  const toolbar = studio.data.getByRole('toolbar', { name: 'Selected photos' });
  await toolbar.getByRole('button', { name: 'To validation' }).click();
  await expect(photo('validation')).toBeVisible();
  await expect(
    studio.data.getByRole('status').filter({ hasText: '1 photo stays in validation.' }),
  ).toHaveCount(1);

  const share = studio.data.getByRole('slider', { name: 'Validation share' });
  await share.fill('0'); // the left end: 5 %
  await expect(share).toHaveAttribute('aria-valuetext', /^5/);
  await expect(photo('validation')).toBeVisible();
  await studio.addPhotos('stripes', patternPhotos('stripes', 8, 200));
  await expect(photo('validation')).toBeVisible();

  await page.reload();
  await studio.ready();
  await expect(photo('validation')).toBeVisible();
});

test('the share up and down again gives the same sides', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.addFolders(
    await photoFolders({
      stripes: patternPhotos('stripes', 20),
      dots: patternPhotos('dots', 20),
    }),
  );
  const before = await sides(studio);
  const share = studio.data.getByRole('slider', { name: 'Validation share' });
  const at = await share.inputValue();
  const move = async (key: string, times: number): Promise<void> => {
    await share.focus();
    for (let i = 0; i < times; i++) await page.keyboard.press(key);
  };

  await move('ArrowRight', 20);
  await expect(share).toHaveAttribute('aria-valuetext', /^40/);
  // Near-duplicates move together, and the patterns hold groups of them: how near a share is met is
  // tested on single photos in domain/split.test.ts, here that it moves the right way and back.
  await expect
    .poll(async () => count(await sides(studio), 'validation'))
    .toBeGreaterThan(count(before, 'validation'));
  const larger = await sides(studio);
  expect(count(larger, 'train')).toBeGreaterThan(0);
  for (const [photo, side] of before) {
    if (side === 'validation') expect(larger.get(photo), photo).toBe('validation');
  }

  await move('ArrowLeft', 30);
  await expect(share).toHaveAttribute('aria-valuetext', /^10/);
  await expect
    .poll(async () => count(await sides(studio), 'validation'))
    .toBeLessThanOrEqual(count(before, 'validation'));

  await move('ArrowRight', 10);
  await expect(share).toHaveValue(at);
  await expect
    .poll(async () => Object.fromEntries(await sides(studio)))
    .toEqual(Object.fromEntries(before));
});
