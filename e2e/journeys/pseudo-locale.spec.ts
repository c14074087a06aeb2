/** In the pseudo-locale every sentence and every name is marked, so that what is hard-coded shows. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { BACKBONE_CATALOGUE } from '../../src/domain/backbone-catalogue.ts';
import { allMessages } from '../../src/i18n/all-messages.ts';
import { createTranslate } from '../../src/i18n/translate.ts';
import { BUILT_IN_BACKBONE, fromRoot } from '../../tools/repository.ts';
import { expect, test } from '../fixtures/app.ts';
import { patternPhoto, patternPhotos } from '../fixtures/generated-photos.ts';
import { notFromCatalogue, textsOf } from '../fixtures/page-text.ts';
import { photoFolders } from '../fixtures/photo-folders.ts';
import { StudioPage } from '../pages/studio-page.ts';

const t = createTranslate('pseudo', allMessages);

const builtIn = JSON.parse(
  readFileSync(fromRoot('public', 'models', BUILT_IN_BACKBONE, 'manifest.json'), 'utf8'),
) as { name: string; licence: string; source: { publisher: string } };

/** What people named, and proper names that are the same in every language. */
const KNOWN = [
  ...[builtIn, ...BACKBONE_CATALOGUE].flatMap(({ name, licence, source }) => [
    name,
    licence,
    source.publisher,
  ]),
  'stripes',
  'dots',
  'broken.jpg',
  'nonsense',
  '.png',
  'Ctrl',
  // From the component library's own catalogue, in the browser's language: the hidden way out of a menu.
  'Dismiss',
];

/** The pseudo-locale has the dates of English. */
const DATES = [
  ...Array.from({ length: 12 }, (_, month) =>
    new Intl.DateTimeFormat('en', { month: 'short' }).format(new Date(2000, month)),
  ),
  'AM',
  'PM',
];

test('no string is hard-coded, on any screen', async ({ page }) => {
  test.slow();
  const studio = new StudioPage(page);
  const check = (screen: string) => checkScreen(page, screen);
  const button = (key: Parameters<typeof t>[0], values?: Parameters<typeof t>[1]) =>
    page.getByRole('button', { name: t(key, values), exact: true });
  await page.goto('./?backend=wasm&locale=pseudo');
  await studio.ready();
  await check('empty');

  await button('samples.title').click();
  const panel = page.getByRole('dialog');
  await expect(panel.getByRole('figure').first().locator('img').first()).toBeVisible();
  await check('sample sets');
  await panel.getByRole('button', { name: t('common.close') }).click();

  const broken = { name: 'broken.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no picture') };
  const folder = await photoFolders({
    stripes: [...patternPhotos('stripes', 8), broken],
    dots: patternPhotos('dots', 8),
  });
  await page.getByTestId('folder-input').setInputFiles(folder);
  const refused = page.getByRole('list', { name: t('dataset.report-refused') });
  await expect(refused).toBeVisible({ timeout: 60_000 });
  await studio.settled();
  await check('with photos and a refused file');

  const findings = page.getByRole('region', { name: t('findings.title') });
  await findings.getByRole('button').first().click();
  await findings.getByRole('button', { name: t('findings.summary') }).click();
  await check('findings');
  await findings.getByRole('button').first().click();
  await button('browse.filter').click();
  await check('filter');
  await page.keyboard.press('Escape');
  await page.getByRole('option').first().dblclick();
  await expect(page.getByRole('dialog').locator('canvas[data-fit]')).toBeVisible();
  await checkScreen(page, 'preview', DATES);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.getByRole('option').first().click();
  await check('a photo selected');
  await page.keyboard.press('Escape');
  await button('dataset.class-actions', { name: 'dots' }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await check('class menu');
  await page.keyboard.press('Escape');
  await button('dataset.add-photos').click();
  await expect(page.getByRole('menu')).toBeVisible();
  await check('add photos menu');
  await page.keyboard.press('Escape');

  await button('hyperparameters.more-settings').click();
  for (const more of await page
    .getByRole('button', { name: t('common.moreAbout', { name: '' }).slice(0, 5) })
    .all()) {
    await more.click();
  }
  const rate = page.getByRole('textbox', {
    name: t('common.number.field', { name: t('hyperparameters.learningRate.name') }),
  });
  await rate.fill('nonsense');
  await rate.press('Enter');
  await check('all settings, explained, one refused');

  await button('training.train').last().click(); // the first is the tab of the view
  await expect(studio.root).toHaveAttribute('data-training', 'finished', { timeout: 120_000 });
  for (const table of await button('charts.showTable').all()) await table.click();
  await page
    .getByRole('slider', { name: t('training.loss-title') })
    .first()
    .press('Home');
  await check('trained');
  await page.getByTestId('try-input').setInputFiles(patternPhoto('dots', 500));
  await expect(page.getByRole('list', { name: t('common.probability.label') })).toBeVisible();
  await check('a photo tried');
  await page.getByTestId('try-input').setInputFiles(broken);
  await expect(page.getByRole('status', { name: t('predict.status') })).toContainText('broken.jpg');
  await check('a broken photo tried');

  for (const key of ['shell.backbone', 'shell.backends', 'shell.storage'] as const) {
    await page
      .getByRole('banner')
      .getByRole('button', { name: `${t(key)}: ` })
      .click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await check(`panel ${key}`);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: t('common.close') })
      .click();
  }
  await page.setViewportSize({ width: 390, height: 844 });
  await check('phone');
  await page.setViewportSize({ width: 1440, height: 900 });

  await visitRuns(page);
  await visitEvaluation(page);
  await openView(page, 'views.model');
  await expect(page.getByRole('heading', { name: t('export.title') })).toBeVisible();
  await check('export');

  // And what is hard-coded would have been found.
  await page.evaluate(() => {
    document.body.append('Plain words');
  });
  const found = notFromCatalogue(await textsOf(page), KNOWN);
  expect(found).toEqual([expect.stringContaining('Plain words')]);
});

async function openView(page: Page, view: 'views.runs' | 'views.evaluation' | 'views.model') {
  const views = page.getByRole('navigation', { name: t('views.label') });
  await views.getByRole('button', { name: t(view) }).click();
}

/** Runs compare under letters, which are the same in every language. */
const LETTERS = ['A', 'B', 'C', 'D', 'E'];
async function visitRuns(page: Page): Promise<void> {
  await openView(page, 'views.runs');
  const room = page.getByRole('region', { name: t('runs.title'), exact: true });
  await room.getByRole('checkbox').first().click();
  await expect(room.getByRole('slider')).toHaveCount(1);
  await room.getByText(t('runs.side-both'), { exact: true }).click();
  await room.getByRole('slider').press('Home');
  await room.getByRole('button', { name: t('charts.showTable') }).click();
  await checkScreen(page, 'runs, one laid over', [...LETTERS, ...DATES]);
  await room.getByRole('button', { name: t('runs.save'), exact: true }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await checkScreen(page, 'menu of the compared runs', [...LETTERS, ...DATES]);
  await page.keyboard.press('Escape');
}

async function visitEvaluation(page: Page): Promise<void> {
  await openView(page, 'views.evaluation');
  const tabs = page.getByRole('tablist', { name: t('evaluation.tabs') }).getByRole('tab');
  await expect(tabs).toHaveCount(7);
  for (const tab of await tabs.all()) {
    await tab.click();
    const panel = page.getByRole('tabpanel');
    await expect(panel).not.toBeEmpty();
    await expect(panel.getByRole('progressbar')).toHaveCount(0, { timeout: 60_000 });
    await checkScreen(page, `evaluation, ${(await tab.textContent()) ?? ''}`);
  }
}

async function checkScreen(page: Page, screen: string, more: readonly string[] = []) {
  await test.step(screen, async () => {
    const said = await textsOf(page);
    // Else the search itself has gone wrong.
    expect(said.length, screen).toBeGreaterThan(20);
    expect.soft(notFromCatalogue(said, [...KNOWN, ...more]), screen).toEqual([]);
  });
}
