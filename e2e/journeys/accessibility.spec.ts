/** WCAG 2.2 AA as far as a machine can check it, on every screen, light and dark, wide and phone. */
import type { Page } from '@playwright/test';
import { violationsOn } from '../fixtures/accessibility.ts';
import { expect, test } from '../fixtures/app.ts';
import { patternPhoto, patternPhotos } from '../fixtures/generated-photos.ts';
import { photoFolders } from '../fixtures/photo-folders.ts';
import { StudioPage } from '../pages/studio-page.ts';

const PHONE = { width: 390, height: 844 };

test.beforeEach(async ({ page }) => {
  // A colour on its way to another one would be judged half-way.
  await page.emulateMedia({ reducedMotion: 'reduce' });
});

test('nothing that axe can see stands in the way on a wide screen', async ({ page }) => {
  test.slow();
  const studio = new StudioPage(page);
  const check = createCheck(page);
  await studio.open();
  await check('empty');
  await checkPanels(studio, check, 'empty');
  await fill(studio);
  await check('with photos');
  await studio.photosOf('stripes').first().click();
  await check('photos selected');
  await page.keyboard.press('Escape');
  await trainAndTry(studio);
  await studio.curveTable('Loss by epoch');
  await studio.showAllSettings();
  await studio.setNumber('Learning rate', 'abc');
  await check('trained, table and all settings open');
  await page.getByRole('button', { name: 'Theme: system' }).click();
  await page.getByRole('button', { name: 'Theme: light' }).click();
  await expect(studio.root).toHaveAttribute('data-theme', 'dark');
  await check('trained, dark');
  await checkPanels(studio, check, 'dark');
});

test('nothing that axe can see stands in the way on a phone', async ({ page }) => {
  test.slow();
  await page.setViewportSize(PHONE);
  const studio = new StudioPage(page);
  const check = createCheck(page);
  await studio.open();
  await check('phone, empty');
  await fill(studio);
  const steps = page.getByRole('navigation', { name: 'Steps' });
  await steps.getByRole('button', { name: 'Train' }).click();
  await studio.train();
  await steps.getByRole('button', { name: 'Try it' }).click();
  await studio.tryPhoto(patternPhoto('dots', 700));
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: theme });
    for (const step of ['Photos', 'Train', 'Try it']) {
      await steps.getByRole('button', { name: step }).click();
      await check(`phone, ${theme}, ${step}`);
    }
  }
  const panel = await studio.openPanel('Backbone');
  await check('phone, dark, Backbone panel', PANEL);
  await studio.closePanel(panel);
});

type Check = (screen: string, part?: string) => Promise<void>;

const PANEL = '[role="dialog"]';

/** Goes on after a finding, so that one run names everything. */
function createCheck(page: Page): Check {
  return async (screen, part) => {
    await test.step(screen, async () => {
      expect.soft(await violationsOn(page, screen, part)).toEqual([]);
    });
  };
}

async function fill(studio: StudioPage): Promise<void> {
  const photos = {
    stripes: patternPhotos('stripes', 10),
    dots: patternPhotos('dots', 10),
  };
  await studio.addFolders(await photoFolders(photos));
  await studio.counts(2, 20);
}

async function trainAndTry(studio: StudioPage): Promise<void> {
  await studio.setNumber('Epochs', 20);
  await studio.train();
  await studio.tryPhoto(patternPhoto('dots', 700));
}

async function checkPanels(studio: StudioPage, check: Check, when: string): Promise<void> {
  for (const name of ['Backbone', 'Backends', 'Storage'] as const) {
    const panel = await studio.openPanel(name);
    await expect(panel.getByRole('heading').first()).toBeVisible();
    await check(`${name} panel, ${when}`, PANEL);
    await studio.closePanel(panel);
  }
  const samples = await studio.openSampleSets();
  await expect(samples.getByRole('figure').first().locator('img').first()).toBeVisible();
  await check(`Sample sets panel, ${when}`, PANEL);
  await studio.closePanel(samples);
}
