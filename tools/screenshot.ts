/**
 * Makes `docs/screenshot.png` from the production build: a sample set with some wrong labels, trained,
 * with a picture tried out. `--all` also writes every width and theme to `screenshots/`, for looking.
 */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { ensureBuild } from './build-app.ts';
import { findOrInstallBrowser, thisMachine } from './find-browser.ts';
import { fromRoot } from './repository.ts';
import { startStaticServer } from './static-server.ts';

const WIDTHS = [1440, 768, 390] as const;
const THEMES = ['light', 'dark'] as const;
const LONG_MS = 180_000;

async function main(): Promise<void> {
  await ensureBuild();
  const server = await startStaticServer({ root: fromRoot('dist') });
  const { path: executablePath } = findOrInstallBrowser(await thisMachine());
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    await shootReadme(browser, server.url);
    if (process.argv.includes('--all')) await shootAll(browser, server.url);
  } finally {
    await browser.close();
    await server.close();
  }
}

async function shootReadme(browser: Browser, url: string): Promise<void> {
  const page = await open(browser, url, 1440, 'light');
  await addSamples(page);
  await train(page);
  await tryPicture(page);
  await page.screenshot({ path: fromRoot('docs', 'screenshot.png') });
  await page.context().close();
}

async function shootAll(browser: Browser, url: string): Promise<void> {
  const folder = fromRoot('screenshots');
  await mkdir(folder, { recursive: true });
  for (const theme of THEMES) {
    for (const width of WIDTHS) {
      const page = await open(browser, url, width, theme);
      const shoot = (name: string): Promise<Buffer> =>
        page.screenshot({
          path: path.join(folder, `${name}-${String(width)}-${theme}.png`),
          fullPage: width < 1200,
        });
      await shoot('1-empty');
      await addSamples(page);
      await shoot('2-photos');
      await goTo(page, 'Train');
      await train(page);
      await shoot('3-trained');
      await goTo(page, 'Try it');
      await tryPicture(page);
      await shoot('4-tried');
      for (const panel of ['Backbone', 'Backends', 'Storage']) {
        await page.getByRole('button', { name: new RegExp(`^${panel}:`) }).click();
        await page.getByRole('dialog').waitFor();
        await shoot(`5-${panel.toLowerCase()}`);
        await page.keyboard.press('Escape');
      }
      await page.context().close();
    }
  }
}

async function open(
  browser: Browser,
  url: string,
  width: number,
  theme: (typeof THEMES)[number],
): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height: width < 700 ? 844 : 900 },
    colorScheme: theme,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(LONG_MS);
  await page.goto(`${url}?backend=wasm`);
  await page.locator('html[data-backbone]:not([data-backbone=""])').waitFor();
  return page;
}

async function addSamples(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Sample sets', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'Sample sets' });
  const noise = panel.getByRole('textbox', { name: /Wrong labels/ });
  await noise.fill('15');
  await noise.press('Enter');
  await panel.getByRole('button', { name: /^Add \d+ pictures$/ }).click();
  await page.locator('html[data-busy="true"]').waitFor();
  await page.locator('html[data-busy="false"]').waitFor();
  await keepPicture(page);
}

/** Takes a copy of one of the project's own pictures while the data zone is on screen. */
async function keepPicture(page: Page): Promise<void> {
  await page.locator('[role="option"] img').first().waitFor();
  await page.evaluate(async () => {
    const image = document.querySelector<HTMLImageElement>('[role="option"] img');
    if (image === null) throw new Error('no picture on screen');
    const blob = await (await fetch(image.src)).blob();
    Object.assign(globalThis, { keptPicture: new File([blob], 'leaf.jpg', { type: blob.type }) });
  });
}

/** On a phone one zone is shown at a time. */
async function goTo(page: Page, step: string): Promise<void> {
  const bar = page.getByRole('navigation', { name: 'Steps' });
  if (await bar.isVisible()) await bar.getByRole('button', { name: step, exact: true }).click();
}

async function train(page: Page): Promise<void> {
  const room = page.getByRole('region', { name: 'Training', exact: true });
  await room.getByRole('button', { name: 'Train', exact: true }).click();
  await page.locator('html[data-training="finished"]').waitFor();
  await room.getByRole('slider', { name: /^Loss/ }).waitFor();
}

/** Gives the kept picture to the try-out room. */
async function tryPicture(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { keptPicture } = globalThis as unknown as { keptPicture: File };
    const input = document.querySelector<HTMLInputElement>('[data-testid="try-input"]');
    if (input === null) throw new Error('the try-out room is not there');
    const transfer = new DataTransfer();
    transfer.items.add(keptPicture);
    input.files = transfer.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await page.getByRole('list', { name: 'Probabilities' }).waitFor();
}

await main();
