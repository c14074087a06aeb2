/** Data sets and projects as files: in through a preview, out as zips that others can open, back in. */
import type { Locator } from '@playwright/test';
import { strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import { violationsOn } from '../fixtures/accessibility.ts';
import { expect, test } from '../fixtures/app.ts';
import { patternPhotos, type PhotoFile } from '../fixtures/generated-photos.ts';
import { exportAs, withoutSaveDialog } from '../pages/share-panel.ts';
import { StudioPage } from '../pages/studio-page.ts';

const zipFile = (name: string, files: Zippable): PhotoFile => ({
  name,
  mimeType: 'application/zip',
  buffer: Buffer.from(zipSync(files)),
});

function petsZip(): PhotoFile {
  const files: Zippable = { 'set/readme.txt': strToU8('hello'), '__MACOSX/x': strToU8('junk') };
  for (const [folder, pattern] of [
    ['train/stripes', 'stripes'],
    ['test/dots', 'dots'],
  ] as const) {
    for (const photo of patternPhotos(pattern, 4))
      files[`set/${folder}/${photo.name}`] = photo.buffer;
  }
  return zipFile('pets.zip', files);
}

async function choose(studio: StudioPage, file: PhotoFile): Promise<Locator> {
  await studio.page.getByTestId('photo-input').setInputFiles(file);
  return studio.page.getByRole('dialog', { name: 'Import' });
}

test('a zip comes in after a look, leaves in three forms, and comes back', async ({
  page,
  browser,
}) => {
  test.slow();
  await withoutSaveDialog(page);
  const studio = new StudioPage(page);
  await studio.open();
  const panel = await choose(studio, petsZip());
  await expect(panel).toContainText('8 photos in 2 classes');
  await expect(panel).toContainText('1 file is not a picture');
  await expect(panel).toContainText('Headstart makes its own split');
  await expect(studio.data).toHaveCount(0); // nothing has happened yet
  expect(await violationsOn(page, 'import preview', '[role="dialog"]')).toEqual([]);
  await panel.getByRole('button', { name: 'Add to this project' }).click();
  await studio.counts(2, 8);
  await studio.settled();

  const folders = await exportAs(page, 'Photos in class folders (zip)');
  const paths = Object.keys(unzipSync(folders.bytes));
  expect(paths).toHaveLength(8);
  expect(new Set(paths.map((path) => path.split('/')[0]))).toEqual(new Set(['stripes', 'dots']));
  expect(await violationsOn(page, 'share panel', '[role="dialog"]')).toEqual([]);

  const tm = await exportAs(page, 'Teachable Machine project (.tm)');
  const samples = Object.entries(unzipSync(tm.bytes));
  expect(samples.at(-1)?.[0]).toBe('manifest.json');
  expect(samples[0]?.[0]).toMatch(/-!-0\.jpg$/);
  expect([...(samples[0]?.[1] ?? []).slice(0, 3)]).toEqual([0xff, 0xd8, 0xff]);

  const project = await exportAs(page, 'Headstart project');
  expect(project.name).toMatch(/\.headstart$/);

  const other = new StudioPage(await (await browser.newContext()).newPage());
  await other.page.goto(page.url());
  await other.ready();
  const back = await choose(other, {
    name: 'a.tm',
    mimeType: 'application/zip',
    buffer: tm.bytes,
  });
  await expect(back).toContainText('A Teachable Machine project');
  await back.getByRole('button', { name: 'Add to this project' }).click();
  await other.counts(2, 8);
  await other.settled();
  const preview = await choose(other, {
    name: project.name,
    mimeType: 'application/zip',
    buffer: project.bytes,
  });
  const open = preview.getByRole('button', { name: 'Open this project' });
  await Promise.all([other.page.waitForEvent('load'), open.click()]);
  await other.ready();
  await other.counts(2, 8);
  await expect(other.photosOf('stripes')).toHaveCount(4);
  // The photos of the .tm were named .jpg; these are the original ones.
  await expect(other.photosOf('stripes').first()).toHaveAccessibleName(/^stripes-0\.png/);
  // The project that was open before is still there.
  await other.page.getByRole('button', { name: 'Share', exact: true }).click();
  await expect(other.page.getByRole('button', { name: /^Open My/ })).toBeVisible();
  await other.page.context().close();
});

test('an archive that cannot be opened is refused in a sentence', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  const cut = { ...petsZip() };
  const panel = await choose(studio, { ...cut, buffer: cut.buffer.subarray(0, 500) });
  await expect(panel.getByRole('alert')).toContainText('The archive is cut off');
  await panel.getByRole('button', { name: 'Close' }).click();
  await expect(panel).toHaveCount(0);
});
