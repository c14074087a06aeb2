/** Trust the data: what falsifies a score is found as photos arrive, and put right with a press. */
import type { Locator } from '@playwright/test';
import { violationsOn } from '../fixtures/accessibility.ts';
import { expect, test } from '../fixtures/app.ts';
import { photoFolders } from '../fixtures/photo-folders.ts';
import { plantedSet } from '../fixtures/planted-set.ts';
import { StudioPage } from '../pages/studio-page.ts';

/** The section under the Data heading, opened. */
async function openFindings(studio: StudioPage): Promise<Locator> {
  const section = studio.data.getByRole('region', { name: 'Findings' });
  const head = section.getByRole('button', { name: /^(No findings|\d+ findings?)$/ });
  await expect(head).toBeVisible();
  if ((await head.getAttribute('aria-expanded')) !== 'true') await head.click();
  return section;
}

test('planted copies, a picture in two classes and a black photo are found and put right', async ({
  page,
}) => {
  test.slow();
  const set = plantedSet();
  const [first] = set.classes;
  const studio = new StudioPage(page);
  await studio.open();
  await studio.addFolders(await photoFolders(set.files));
  const section = await openFindings(studio);
  const card = (kind: string): Locator => section.locator(`article[data-kind="${kind}"]`);
  await expect(card('two-classes')).toBeVisible({ timeout: 15_000 });
  await expect(card('exact-copies')).toBeVisible();
  await expect(card('dark')).toContainText('1 photo is very dark.');
  expect(await violationsOn(page, 'findings', '[aria-label="Findings"]')).toEqual([]);

  // One picture, two labels: the label is chosen, the other copy goes; undo brings it back.
  const total = Object.values(set.files).flat().length;
  await studio.counts(2, total);
  await card('two-classes')
    .getByRole('button', { name: `Keep only in ${first}` })
    .click();
  await studio.counts(2, total - 1);
  await expect(card('two-classes')).toHaveCount(0);
  await studio.data.getByRole('button', { name: /^Undo/ }).first().click();
  await studio.counts(2, total);
  await expect(card('two-classes')).toBeVisible();
  await card('two-classes')
    .getByRole('button', { name: `Keep only in ${first}` })
    .click();
  await expect(card('two-classes')).toHaveCount(0);

  // Shown in the grids: alone, and selected.
  await card('dark').getByRole('button', { name: 'Show in the grids' }).click();
  const tools = studio.data.getByRole('group', { name: 'Filter and sort photos' });
  await expect(tools.getByRole('status')).toHaveText(`1 of ${String(total - 1)} photos shown.`);
  await expect(studio.data.getByRole('option')).toHaveCount(1);
  await expect(studio.data.getByRole('option', { selected: true })).toHaveAccessibleName(
    new RegExp(`^${set.dark}`),
  );
  await tools.getByRole('button', { name: 'Show all' }).click();
  await card('dark').getByRole('button', { name: 'Delete 1 photo' }).click();
  await studio.counts(2, total - 2);
  await expect(card('dark')).toHaveCount(0);

  // What is dismissed stays away, also after a reload.
  await card('exact-copies')
    .getByRole('button', { name: /^Dismiss/ })
    .click();
  await expect(card('exact-copies')).toHaveCount(0);
  await expect(section).toContainText('1 finding dismissed.');
  await page.reload();
  await studio.ready();
  const again = await openFindings(studio);
  await expect(again).toContainText('1 finding dismissed.', { timeout: 15_000 });
  await again.getByRole('button', { name: 'Show again' }).click();
  await again
    .locator('article[data-kind="exact-copies"]')
    .getByRole('button', { name: 'Keep one of each (delete 1)' })
    .click();
  await studio.counts(2, total - 3);
});

test('what the score would have claimed is measured on demand', async ({ page }) => {
  test.slow();
  const set = plantedSet();
  const studio = new StudioPage(page);
  await studio.open();
  await studio.addFolders(await photoFolders(set.files));
  const section = await openFindings(studio);
  const ask = section.getByRole('button', { name: 'What would the score have claimed?' });
  await expect(ask).toBeEnabled({ timeout: 15_000 });
  await ask.click();
  await expect(
    section.getByRole('status').filter({ hasText: 'your validation score would have claimed' }),
  ).toHaveText(/claimed [\d.]+%.*[\d.]+%/, { timeout: 90_000 });
  await expect(section).toContainText('Means of 3 splits each');

  await section.getByRole('button', { name: 'About the data' }).click();
  const table = section.getByRole('table');
  for (const name of set.classes) {
    await expect(table.getByRole('row', { name: new RegExp(name) })).toContainText(
      String(set.files[name]?.length ?? NaN),
    );
  }
  await expect(section.getByRole('list', { name: 'Where they come from' })).toContainText(
    'from a folder',
  );
});
