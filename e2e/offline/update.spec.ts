/** A new version arrives while somebody works: nothing reloads by itself, and never during training. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { DIST_FOLDER } from '../../tools/repository.ts';
import { startStaticServer } from '../../tools/static-server.ts';
import { expect, test } from '../fixtures/app.ts';
import { storedPhotos } from '../fixtures/stored-data.ts';
import { DisturbedStudio } from '../pages/disturbed-studio.ts';

const MARK = '<meta name="test-version" content="next">';

/** What a school does when it copies a new build over the old one: page and service worker change. */
async function publishNextVersion(overlay: string): Promise<void> {
  const html = await readFile(path.join(DIST_FOLDER, 'index.html'), 'utf8');
  await writeFile(path.join(overlay, 'index.html'), html.replace('</head>', `${MARK}</head>`));
  const worker = await readFile(path.join(DIST_FOLDER, 'sw.js'), 'utf8');
  const next = worker.replace(
    /(url:"index\.html",revision:")[0-9a-f]+"/,
    '$1ffffffffffffffffffffffffffffffff"',
  );
  expect(next, 'the precache names index.html').not.toBe(worker);
  await writeFile(path.join(overlay, 'sw.js'), next);
}

/** What the browser does by itself at the next visit or after a day. */
async function lookForUpdate(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.getRegistration())?.update();
  });
}

function isNext(page: Page): Promise<boolean> {
  return page.evaluate(() => document.querySelector('meta[name="test-version"]') !== null);
}

test('an update waits for training, and is taken when asked for', async ({ page }) => {
  test.slow();
  const overlay = await mkdtemp(path.join(tmpdir(), 'headstart-update-'));
  const server = await startStaticServer({ root: DIST_FOLDER, overlays: [overlay] });
  try {
    const studio = new DisturbedStudio(page);
    await page.goto(`${server.url}?backend=wasm`);
    await studio.ready();
    await studio.offlineReady();
    await studio.addTwoClasses(6);
    await studio.setSwitch('Early stopping', false);
    // Far more than it gets through while the test goes on.
    await studio.setNumber('Hidden units', 256);
    await studio.setNumber('Epochs', 5000);
    await studio.startTraining();
    await page.evaluate(() => {
      document.body.dataset['samePage'] = 'yes';
    });

    await publishNextVersion(overlay);
    const button = page.getByRole('button', { name: 'Update now' });
    // Beside training on a machine with two cores a service worker can take its time.
    await expect(async () => {
      await lookForUpdate(page);
      await expect(button).toBeVisible({ timeout: 10_000 });
    }).toPass({ timeout: 60_000 });
    await button.click();
    await expect(studio.notices()).toContainText('The update waits until training');
    await studio.training.getByRole('button', { name: 'Pause', exact: true }).click();
    await expect(page.locator('html')).toHaveAttribute('data-training', 'paused');
    await button.click();
    // Long enough for a reload to begin.
    await page.waitForTimeout(1000);
    await expect(page.locator('body')).toHaveAttribute('data-same-page', 'yes');
    await expect(page.locator('html')).toHaveAttribute('data-training', 'paused');

    await studio.training.getByRole('button', { name: 'Stop', exact: true }).click();
    await expect(page.locator('html')).toHaveAttribute('data-training', 'finished');
    expect(await isNext(page)).toBe(false);
    // The version in use gives way once it has answered everything; whoever waits presses again.
    await expect(async () => {
      if (await button.isVisible()) await button.click({ timeout: 2_000 });
      await expect(page.locator('meta[name="test-version"]')).toBeAttached({ timeout: 8_000 });
    }).toPass({ timeout: 60_000 });
    await studio.ready();
    await expect(button).toHaveCount(0);
    expect(await storedPhotos(page)).toHaveLength(12);
    await expect(page.locator('html')).toHaveAttribute('data-training', 'finished');
  } finally {
    await server.close();
    await rm(overlay, { recursive: true });
  }
});

test('a version that already waits is offered at the next visit', async ({ page }) => {
  const overlay = await mkdtemp(path.join(tmpdir(), 'headstart-update-'));
  const server = await startStaticServer({ root: DIST_FOLDER, overlays: [overlay] });
  try {
    const studio = new DisturbedStudio(page);
    await page.goto(`${server.url}?backend=wasm`);
    await studio.ready();
    await studio.offlineReady();
    await publishNextVersion(overlay);
    await lookForUpdate(page);
    const button = page.getByRole('button', { name: 'Update now' });
    await expect(button).toBeVisible();
    await page.reload();
    await studio.ready();
    expect(await isNext(page), 'a reload alone does not change the version').toBe(false);
    await button.click();
    await expect(page.locator('meta[name="test-version"]')).toBeAttached();
  } finally {
    await server.close();
    await rm(overlay, { recursive: true });
  }
});
