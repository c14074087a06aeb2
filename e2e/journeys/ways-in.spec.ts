/** Ways in that are easily forgotten: an archive chosen at a class, many folders, a finger that rests. */
import { strToU8, zipSync, type Zippable } from 'fflate';
import { PREVIEW_FROM_FILES } from '../../src/features/capture/archive-files.ts';
import { expect, test } from '../fixtures/app.ts';
import { patternPhotos } from '../fixtures/generated-photos.ts';
import { photoFolders } from '../fixtures/photo-folders.ts';
import { StudioPage } from '../pages/studio-page.ts';

async function twoClasses(studio: StudioPage): Promise<void> {
  await studio.open();
  await studio.addFolders(
    await photoFolders({
      stripes: patternPhotos('stripes', 6),
      dots: patternPhotos('dots', 6),
    }),
  );
}

test('an archive chosen at a class is looked at first, and brings classes of its own, here or in a new project', async ({
  page,
}) => {
  const studio = new StudioPage(page);
  await twoClasses(studio);
  const files: Zippable = { 'readme.txt': strToU8('hello') };
  for (const photo of patternPhotos('dots', 3, 50)) files[`spots/${photo.name}`] = photo.buffer;
  const archive = {
    name: 'more.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from(zipSync(files)),
  };
  await page.getByTestId('photo-input-dots').setInputFiles(archive);
  const panel = page.getByRole('dialog', { name: 'Import' });
  await expect(panel).toContainText('3 photos in 1 class');
  await studio.counts(2, 12); // nothing has happened yet
  await panel.getByRole('button', { name: 'Add to this project' }).click();
  await studio.counts(3, 15);
  await expect(studio.photosOf('spots')).toHaveCount(3);

  await studio.settled();
  await page.getByTestId('photo-input-dots').setInputFiles(archive);
  await panel.getByRole('button', { name: 'Make a new project of it' }).click();
  await studio.counts(1, 3);
  await expect(page.getByRole('textbox', { name: 'Project name' })).toHaveValue('more');
});

test('folders with many files are looked at first; cancelled half-way, nothing of them stays', async ({
  page,
}) => {
  const studio = new StudioPage(page);
  await twoClasses(studio);
  const half = PREVIEW_FROM_FILES / 2;
  const note = { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('nothing to see') };
  const folder = await photoFolders(
    {
      stripes: patternPhotos('stripes', half, 1000),
      rings: [...patternPhotos('dots', half, 1000), note],
    },
    'many',
  );
  await page.getByTestId('folder-input').setInputFiles(folder);
  const panel = page.getByRole('dialog', { name: 'Import' });
  await expect(panel).toContainText(`${String(PREVIEW_FROM_FILES)} photos in 2 classes`);
  await expect(panel).toContainText('1 file is not a picture');
  await studio.counts(2, 12);
  await panel.getByRole('button', { name: 'Add to this project' }).click();
  await page.getByRole('button', { name: 'Cancel adding photos' }).click();
  await expect(studio.data.getByRole('status', { name: 'Result of adding photos' })).toHaveText(
    /^Stopped: 0 of 200 photos added/,
  );
  await studio.counts(2, 12);
  await page.reload();
  await studio.ready();
  await studio.counts(2, 12);
});

test.describe('with a finger', () => {
  test.use({ hasTouch: true, viewport: { width: 390, height: 844 } });

  test('a tap opens a photo, a finger that rests selects it', async ({ page }) => {
    const studio = new StudioPage(page);
    await twoClasses(studio);
    const photo = studio.photosOf('dots').first();
    await photo.scrollIntoViewIfNeeded();
    await photo.tap();
    const preview = page.getByRole('dialog', { name: /^Photo / });
    await expect(preview).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(preview).toHaveCount(0);

    const box = await photo.boundingBox();
    if (box === null) throw new Error('no photo on screen');
    const finger = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    const session = await page.context().newCDPSession(page);
    await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [finger] });
    const toolbar = page.getByRole('toolbar', { name: 'Selected photos' });
    // Lifted only then: it is the resting that selects.
    await expect(toolbar).toBeVisible();
    await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await expect(photo).toHaveAttribute('aria-selected', 'true');
    await expect(preview).toHaveCount(0);
  });
});
