/** Trying the model properly: many photos and a folder as a table, thresholds, camera, the exhibit. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { violationsOn } from '../fixtures/accessibility.ts';
import { expect, test } from '../fixtures/app.ts';
import { exactAnswers } from '../fixtures/exact-answers.ts';
import { patternPhoto, patternPhotos, type PhotoFile } from '../fixtures/generated-photos.ts';
import { photoFolders } from '../fixtures/photo-folders.ts';
import { StudioPage } from '../pages/studio-page.ts';

test.use({ permissions: ['camera'] });

/** One photo by itself or among others: the same sums, added up in another order. */
const TOLERANCE = 1e-6;
const NO_PHOTO: PhotoFile = {
  name: '=notes.jpg',
  mimeType: 'image/jpeg',
  buffer: Buffer.from('this is no picture'),
};

async function trainedStudio(page: Page): Promise<StudioPage> {
  const studio = new StudioPage(page);
  await studio.open();
  const folder = await photoFolders(
    { stripes: patternPhotos('stripes', 12), dots: patternPhotos('dots', 12) },
    'training',
  );
  await studio.addFolders(folder);
  await studio.setNumber('Epochs', 20);
  await studio.train();
  return studio;
}

/** Rows of the table; no cell of ours holds a quotation mark or a line break. */
async function savedTable(page: Page, studio: StudioPage): Promise<readonly (readonly string[])[]> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    studio.tryIt.getByRole('button', { name: 'Save answers as CSV' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('answers.csv');
  const text = await readFile(await download.path(), 'utf8');
  return text
    .trimEnd()
    .split('\r\n')
    .map((line) => line.split(','));
}

test('several photos are answered one by one, and the table says what the screen says', async ({
  page,
}) => {
  const studio = await trainedStudio(page);
  const photos = [
    patternPhoto('stripes', 700),
    patternPhoto('dots', 701),
    patternPhoto('dots', 702),
  ];
  await studio.tryIt.getByTestId('try-input').setInputFiles([...photos, NO_PHOTO]);
  const result = studio.tryIt.getByRole('status', { name: 'Result of trying photos' });
  await expect(result).toHaveText('3 photos were tried, 1 file could not be.');
  const list = studio.tryIt.getByRole('list', { name: 'Photos tried' });
  await expect(list.getByRole('button')).toHaveCount(3);
  await expect(studio.tryIt.getByRole('list', { name: 'Files not tried' })).toContainText(
    '=notes.jpg: ',
  );
  expect(await violationsOn(page, 'many photos', '[aria-label="Several photos"]')).toEqual([]);

  const [header, ...rows] = await savedTable(page, studio);
  expect(header).toEqual(['file', 'status', 'answer', 'p(dots)', 'p(stripes)', 'note']);
  expect(rows.map(([file]) => file)).toEqual([...photos.map(({ name }) => name), "'=notes.jpg"]);
  expect(rows.at(-1)?.slice(1, 5)).toEqual(['refused', '', '', '']);
  for (const [i, { name }] of photos.entries()) {
    await list.getByRole('button', { name: new RegExp(`^${name}: `) }).click();
    const answer = await studio.answerFor(name);
    const shown = await exactAnswers(studio);
    const [, status, said, dots, stripes] = rows[i] ?? [];
    expect([status, said]).toEqual(['answered', answer.className]);
    expect(Math.abs(Number(dots) - (shown['dots'] ?? NaN))).toBeLessThan(TOLERANCE);
    expect(Math.abs(Number(stripes) - (shown['stripes'] ?? NaN))).toBeLessThan(TOLERANCE);
  }
  await studio.tryIt.getByRole('button', { name: 'Clear' }).click();
  await expect(list).toHaveCount(0);
});

test('a folder keeps its paths, and a class below its threshold is not said', async ({ page }) => {
  const studio = await trainedStudio(page);
  const folder = await photoFolders(
    { left: [patternPhoto('dots', 710)], right: patternPhotos('stripes', 2, 720) },
    'new',
  );
  await studio.tryIt.getByTestId('try-folder-input').setInputFiles(folder);
  const result = studio.tryIt.getByRole('status', { name: 'Result of trying photos' });
  await expect(result).toHaveText('3 photos were tried.');
  const [, ...rows] = await savedTable(page, studio);
  expect(rows.map(([file]) => file).sort()).toEqual([
    'new/left/dots-710.png',
    'new/right/stripes-720.png',
    'new/right/stripes-721.png',
  ]);

  await studio.tryIt.getByRole('button', { name: 'When a class is said' }).click();
  const field = studio.tryIt.getByRole('textbox', { name: 'dots from, as a number' });
  await field.fill('99');
  await field.press('Enter');
  await expect(studio.tryIt.getByText('has changed since these were tried')).toBeVisible();
  await studio.tryIt.getByRole('button', { name: 'Try them again' }).click();
  await expect(result).toHaveText('3 photos were tried.');
  const [, ...again] = await savedTable(page, studio);
  for (const [file, status, said, dots, , note] of again) {
    const isLow = Number(dots) > 0.5 && Number(dots) < 0.99;
    expect([file, status]).toEqual([file, isLow ? 'not said' : 'answered']);
    expect(said === '' && note !== '').toBe(isLow);
  }
  await page.reload();
  await studio.ready();
  await studio.tryIt.getByRole('button', { name: /^When a class is said.*1 set$/ }).click();
  await expect(field).toHaveValue('99');
});

test('the exhibit is driven by keyboard, counts what it sees and leaves with Escape', async ({
  page,
}) => {
  const studio = await trainedStudio(page);
  const { className } = await studio.tryPhoto(patternPhoto('stripes', 730));
  const { keyboard } = page;
  await studio.tryIt.getByRole('button', { name: 'Show on the whole screen' }).focus();
  await keyboard.press('Enter');
  const exhibit = page.getByRole('dialog', { name: 'Exhibit' });
  await expect(exhibit.getByTestId('exhibit-answer')).toHaveText(className);
  const bars = exhibit.getByRole('list', { name: 'Probabilities' });
  await expect(bars.getByRole('listitem')).toHaveCount(2);
  expect(await violationsOn(page, 'exhibit', '[role="dialog"]')).toEqual([]);
  await keyboard.press('b');
  await expect(bars).toHaveCount(0);
  await keyboard.press('b');
  const keys = exhibit.getByText('leave', { exact: true });
  await expect(keys).toBeVisible();
  await keyboard.press('h');
  await expect(keys).toHaveCount(0);

  await keyboard.press('c');
  await expect(exhibit.locator('video')).toHaveAttribute('data-mirrored', 'true');
  await expect(exhibit.getByText(/ a second$/)).toBeVisible({ timeout: 60_000 });
  await keyboard.press('m');
  await expect(exhibit.locator('video')).toHaveAttribute('data-mirrored', 'false');
  await keyboard.press('r');
  await keyboard.press('t');
  const counted = exhibit.getByRole('list', { name: 'Counted so far' }).getByRole('listitem');
  await expect
    .poll(async () => {
      const counts = await counted.evaluateAll((all) =>
        all.map((row) => Number(row.getAttribute('data-count'))),
      );
      return counts.reduce((sum, count) => sum + count, 0);
    })
    .toBeGreaterThan(0);
  await keyboard.press('t');
  await keyboard.press('Space');
  await expect(exhibit.getByText(/ a second$/)).toHaveCount(0);
  await keyboard.press('Escape');
  await expect(exhibit).toHaveCount(0);
  await expect(studio.tryIt.getByRole('button', { name: 'Stop camera' })).toBeVisible();

  await studio.tryIt.getByRole('button', { name: 'Count over time' }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    studio.tryIt.getByRole('button', { name: 'Save the count as CSV' }).click(),
  ]);
  const table = await readFile(await download.path(), 'utf8');
  expect(table).toMatch(/^time,seconds,event,class,probability,count\r\n\d{4}-\d\d-\d\dT/);
  expect(table).toMatch(/,counted,(?:dots|stripes),/);
  expect(table.trimEnd().split('\r\n').at(-1)).toContain(',stopped,');
});
