/** From phone to wide screen, and enlarged: nothing is cut off, and the work can be done. */
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/app.ts';
import { patternPhoto, patternPhotos } from '../fixtures/generated-photos.ts';
import { photoFolders } from '../fixtures/photo-folders.ts';
import { StudioPage } from '../pages/studio-page.ts';

const WIDTHS = [390, 768, 1440] as const;

async function fill(studio: StudioPage): Promise<void> {
  await studio.addFolders(
    await photoFolders({
      stripes: patternPhotos('stripes', 8),
      'a class with quite a long name': patternPhotos('dots', 8),
    }),
  );
}

async function expectNoSidewaysScroll(page: Page, when: string): Promise<void> {
  const overflow = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const tooWide = Array.from(document.body.querySelectorAll('*'))
      .filter((element) => element.getBoundingClientRect().right > clientWidth + 1)
      .slice(0, 5)
      .map((element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''}`);
    return { by: scrollWidth - clientWidth, tooWide: scrollWidth > clientWidth ? tooWide : [] };
  });
  expect.soft(overflow, when).toEqual({ by: 0, tooWide: [] });
}

test('nothing scrolls sideways at 390, 768 and 1440 px', async ({ page }) => {
  const studio = new StudioPage(page);
  const atEveryWidth = async (when: string): Promise<void> => {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 844 });
      const steps = page.getByRole('navigation', { name: 'Steps' });
      if (await steps.isVisible()) {
        for (const button of await steps.getByRole('button').all()) {
          await button.click();
          await expectNoSidewaysScroll(page, `${when}, ${String(width)} px`);
        }
      } else {
        await expectNoSidewaysScroll(page, `${when}, ${String(width)} px`);
      }
    }
  };
  await studio.open();
  await atEveryWidth('empty');
  await fill(studio);
  await atEveryWidth('with photos');
  await studio.setNumber('Epochs', 10);
  await studio.train();
  await studio.tryPhoto(patternPhoto('dots', 600));
  await studio.curveTable('Loss by epoch');
  await studio.showAllSettings();
  await atEveryWidth('trained');
  for (const name of ['Backbone', 'Backends', 'Storage'] as const) {
    const panel = await studio.openPanel(name);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNoSidewaysScroll(page, `${name} panel, 390 px`);
    await studio.closePanel(panel);
    await page.setViewportSize({ width: 1440, height: 844 });
  }
});

test('photos that were scrolled away are there when the window becomes narrow', async ({
  page,
}) => {
  await page.setViewportSize({ width: 1440, height: 500 });
  const studio = new StudioPage(page);
  await studio.open();
  const [stripes, dots] = [patternPhotos('stripes', 24), patternPhotos('dots', 24)];
  await studio.addFolders(
    await photoFolders({
      a: stripes.slice(0, 12),
      b: stripes.slice(12),
      c: dots.slice(0, 12),
      d: dots.slice(12),
    }),
  );
  // Folders come in no order of their own.
  const lists = studio.data.getByRole('listbox');
  await lists.last().scrollIntoViewIfNeeded();
  const first = lists.first().getByRole('option');
  await expect(first).toHaveCount(0);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(first.first()).toBeInViewport();
});

test('on a phone the step bar leads through the work', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const studio = new StudioPage(page);
  await studio.open();
  await expect(page.getByRole('button', { name: 'Choose folders' })).toBeInViewport();
  await fill(studio);
  const steps = page.getByRole('navigation', { name: 'Steps' });
  await expect(steps).toBeInViewport();
  const step = (name: string) => steps.getByRole('button', { name, exact: true });
  await expect(step('Photos')).toHaveAttribute('aria-current', 'step');
  await expect(studio.data).toBeVisible();
  await expect(studio.training).toBeHidden();

  await step('Train').click();
  await expect(step('Train')).toHaveAttribute('aria-current', 'step');
  await expect(studio.data).toBeHidden();
  await studio.setNumber('Epochs', 20);
  await studio.train();
  await expect(studio.figure('Loss by epoch')).toBeVisible();

  await step('Try it').click();
  await expect(studio.training).toBeHidden();
  await expect(
    studio.tryIt.getByRole('button', { name: 'Choose a photo to try' }),
  ).toBeInViewport();
  const answer = await studio.tryPhoto(patternPhoto('stripes', 600));
  expect(answer.className).toBe('stripes');
});

test.describe('enlarged to 200 %', () => {
  // What a window of 1440 by 900 leaves at that size.
  test.use({ viewport: { width: 720, height: 450 }, deviceScaleFactor: 2 });

  test('the whole job can be done', async ({ page }) => {
    const studio = new StudioPage(page);
    await studio.open();
    await expectNoSidewaysScroll(page, 'empty');
    await fill(studio);
    const steps = page.getByRole('navigation', { name: 'Steps' });
    const goTo = async (name: string): Promise<void> => {
      if (await steps.isVisible()) await steps.getByRole('button', { name, exact: true }).click();
    };
    await goTo('Train');
    await expectNoSidewaysScroll(page, 'training');
    await studio.setNumber('Epochs', 20);
    await studio.train();
    await expect(studio.figure('Loss by epoch')).toBeVisible();
    await goTo('Try it');
    await studio.tryIt.getByRole('button', { name: 'Choose a photo to try' }).click();
    expect((await studio.tryPhoto(patternPhoto('stripes', 600))).className).toBe('stripes');
    await expectNoSidewaysScroll(page, 'trying');
    for (const name of ['Backbone', 'Storage'] as const) {
      const panel = await studio.openPanel(name);
      await expect(panel.getByRole('button', { name: 'Close' })).toBeInViewport();
      await studio.closePanel(panel);
    }
  });
});
