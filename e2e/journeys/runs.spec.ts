/** Runs on a drawn set: kept, laid over each other, repeated, saved, and handed out as a link. */
import { readFile } from 'node:fs/promises';
import type { Browser, Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures/app.ts';
import { violationsOn } from '../fixtures/accessibility.ts';
import { StudioPage } from '../pages/studio-page.ts';

const PHOTOS_A_CLASS = 8;

test('two runs are compared, one is repeated to the last bit, and a link makes the same elsewhere', async ({
  page,
  browser,
}) => {
  const studio = new StudioPage(page);
  await studio.open();
  await drawSampleSet(studio);
  await studio.train();
  await studio.setNumber('Hidden units', 16);
  await studio.setNumber('Epochs', 30);
  await studio.train();

  const room = await openRuns(studio);
  const rows = room.getByRole('table', { name: 'Runs of this project' }).getByRole('row');
  await expect(rows).toHaveCount(3);
  // Newest first, and what changed since the run before stands out.
  await expect(rows.nth(1).getByRole('textbox', { name: 'Name of Run 2' })).toBeVisible();
  await expect(rows.nth(1)).toContainText('Hidden units: 16');
  await expect(rows.nth(1)).toContainText('changed from 0');
  await room.getByRole('button', { name: 'Name', exact: true }).click();
  await expect(rows.nth(1).getByRole('textbox', { name: 'Name of Run 1' })).toBeVisible();
  await room.getByRole('button', { name: 'Pin Run 1' }).click();
  await rename(room, 'Run 2', 'wide');

  await compare(room);
  await save(page, room);
  await repeat(page, room);
  await deleteAndBringBack(page, room);
  expect(await violationsOn(page, 'runs')).toEqual([]);
  await openElsewhere(browser, await linkOf(page, room));
});

test('a link with values out of range is refused by name', async ({ page }) => {
  const studio = new StudioPage(page);
  await studio.open();
  await page.evaluate(() => {
    location.hash = '#setup=nonsense';
  });
  const panel = page.getByRole('dialog', { name: 'A set-up came with this link' });
  await expect(panel.getByRole('alert')).toContainText('incomplete or was changed');
  await expect(panel.getByRole('alert')).toContainText('Nothing was changed.');
  await panel.getByRole('button', { name: 'Close', exact: true }).first().click();
  await expect(panel).toHaveCount(0);
  expect(page.url()).not.toContain('setup');
});

async function drawSampleSet(studio: StudioPage): Promise<void> {
  const panel = await studio.openSampleSets();
  const count = panel.getByRole('textbox', { name: 'Photos a class, as a number' });
  await count.fill(String(PHOTOS_A_CLASS));
  await count.press('Enter');
  await panel.getByRole('button', { name: /^Add \d+ pictures/ }).click();
  await studio.counts(3, 3 * PHOTOS_A_CLASS);
  await studio.settled();
}

async function openRuns(studio: StudioPage): Promise<Locator> {
  await studio.openView('Runs');
  return studio.page.getByRole('region', { name: 'Runs', exact: true });
}

async function rename(room: Locator, from: string, to: string): Promise<void> {
  const field = room.getByRole('textbox', { name: `Name of ${from}` });
  await field.fill(to);
  await field.press('Enter');
  await expect(room.getByRole('textbox', { name: `Name of ${to}` })).toHaveValue(to);
}

async function compare(room: Locator): Promise<void> {
  await room.getByRole('checkbox', { name: 'Compare Run 1' }).click();
  await room.getByRole('checkbox', { name: 'Compare wide' }).click();
  const compared = room.getByRole('region', { name: 'Compare' });
  const curve = compared.getByRole('slider', { name: /^Loss by epoch: 2 runs, 50 epochs/ });
  await curve.press('Home');
  await expect(curve).toHaveAttribute(
    'aria-valuetext',
    /^Epoch 1: A Run 1 [\d.]+; B wide [\d.]+\.$/,
  );
  await curve.press('End');
  // The second run has 30 epochs only.
  await expect(curve).toHaveAttribute(
    'aria-valuetext',
    /^Epoch 50: A Run 1 [\d.]+; B wide none\.$/,
  );
  await compared.getByRole('button', { name: 'Show as table' }).click();
  await expect(
    compared.getByRole('region', { name: 'Loss by epoch' }).getByRole('row'),
  ).toHaveCount(51);
  const differences = compared.getByRole('region', { name: 'What differs' }).getByRole('table');
  await expect(differences.getByRole('row')).toHaveCount(3);
  await expect(differences.getByRole('row', { name: /^Epochs 50 30/ })).toBeVisible();
  await expect(differences.getByRole('row', { name: /^Hidden units 0 16/ })).toBeVisible();
  await expect(compared.getByRole('alert')).toHaveCount(0);
}

async function save(page: Page, room: Locator): Promise<void> {
  const take = async (button: string, item: string): Promise<Buffer> => {
    await room.getByRole('button', { name: button, exact: true }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: item }).click(),
    ]);
    return readFile(await download.path());
  };
  const json = JSON.parse((await take('Actions for wide', 'Save as JSON')).toString()) as {
    format: string;
    epochs: unknown[];
  };
  expect([json.format, json.epochs.length]).toEqual(['headstart-run', 30]);
  const csv = (await take('Save', 'Save curves as CSV')).toString().trim().split('\r\n');
  expect(csv).toHaveLength(81);
  const svg = (await take('Save', 'Save chart as SVG')).toString();
  // Readable on its own: no classes, no variables, every line with a colour.
  expect(svg).toContain('xmlns="http://www.w3.org/2000/svg"');
  expect(svg).not.toMatch(/class=|var\(|style=/);
  expect(svg).toContain('B wide');
  const png = await take('Save', 'Save chart as PNG');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
}

async function repeat(page: Page, room: Locator): Promise<void> {
  await room.getByRole('button', { name: 'Actions for Run 1', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Repeat' }).click();
  await expect(room.getByRole('status', { name: 'Repeat' })).toContainText(
    'Identical: Run 1 came out the same to the last bit, all 50 epochs and the head.',
    { timeout: 60_000 },
  );
  const row = room.getByRole('row').filter({ hasText: 'Repeat of Run 1: identical' });
  await expect(row).toHaveAttribute('aria-current', 'true');
}

async function deleteAndBringBack(page: Page, room: Locator): Promise<void> {
  const field = room.getByRole('textbox', { name: 'Name of wide' });
  await room.getByRole('button', { name: 'Actions for wide' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await expect(field).toHaveCount(0);
  await room.getByRole('button', { name: 'Undo' }).click();
  await expect(field).toHaveValue('wide');
}

async function linkOf(page: Page, room: Locator): Promise<string> {
  await room.getByRole('button', { name: 'Share this set-up' }).click();
  const panel = page.getByRole('dialog', { name: 'Share this set-up' });
  await expect(panel.getByRole('img', { name: 'QR code of the link' })).toBeVisible();
  await expect(panel).toContainText('can draw the same 24 pictures');
  return panel.getByRole('textbox', { name: 'Link' }).inputValue();
}

/** A browser that has never been here: as it is on a student's desk. */
async function openElsewhere(browser: Browser, link: string): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const studio = new StudioPage(page);
  await page.goto(link.replace('#', '?backend=wasm#'));
  await studio.ready();
  const panel = page.getByRole('dialog', { name: 'A set-up came with this link' });
  await expect(panel.getByRole('region', { name: 'Settings' })).toContainText('Seed of the split');
  await expect(page.getByRole('button', { name: 'Sample sets', exact: true })).toBeVisible();
  await panel.getByRole('button', { name: 'Take it over' }).click();
  await studio.counts(3, 3 * PHOTOS_A_CLASS);
  await studio.settled();
  await expect(studio.numberField('Epochs')).toHaveValue('50');
  await expect(studio.numberField('Hidden units')).toHaveValue(/^0$|linear/);
  await context.close();
}
