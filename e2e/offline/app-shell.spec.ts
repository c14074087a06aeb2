import { readdirSync } from 'node:fs';
import path from 'node:path';
import { BUILT_IN_BACKBONE, DIST_FOLDER } from '../../tools/repository.ts';
import { expect, test } from '../fixtures/app.ts';
import { precachedPaths, untilOfflineReady } from '../fixtures/service-worker.ts';

test('the policy is sent, and the page keeps to it', async ({ page, consoleWatch }) => {
  const response = await page.goto('./');
  expect(response?.headers()['content-security-policy']).toContain("frame-ancestors 'none'");
  const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
  await expect(policy).toHaveAttribute('content', /script-src 'self' 'wasm-unsafe-eval'/);
  await expect(page.locator('#root > *').first()).toBeVisible();
  expect(consoleWatch.seen.filter((line) => /Content.Security.Policy/i.test(line))).toEqual([]);
});

test('the policy stops what it should', async ({ page, consoleWatch }) => {
  consoleWatch.allow(/Content Security Policy|Failed to load resource/);
  await page.goto('./');
  const outcome = await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true;';
    document.head.append(script);
    const elsewhere = await fetch('https://example.com/').then(
      () => 'fetched',
      () => 'refused',
    );
    const style = document.createElement('style');
    style.textContent = 'body { outline: 7px solid red; }';
    document.head.append(style);
    return {
      injected: 'injected' in window,
      elsewhere,
      outline: getComputedStyle(document.body).outlineWidth,
    };
  });
  expect(outcome.injected).toBe(false);
  expect(outcome.elsewhere).toBe('refused');
  expect(outcome.outline).not.toBe('7px');
  expect(consoleWatch.seen.some((line) => line.includes('Content Security Policy'))).toBe(true);
});

test('the first visit keeps everything that is needed without a server', async ({
  page,
  ownServer,
}) => {
  await page.goto(ownServer.url);
  await untilOfflineReady(page);
  const kept = await precachedPaths(page);
  const assets = readdirSync(path.join(DIST_FOLDER, 'assets'))
    .filter((name) => /\.(?:js|css)$/.test(name))
    .map((name) => `assets/${name}`);
  expect(kept).toEqual(
    expect.arrayContaining([
      'index.html',
      ...assets,
      'wasm/tfjs-backend-wasm.wasm',
      'wasm/tfjs-backend-wasm-simd.wasm',
      `models/${BUILT_IN_BACKBONE}/model.json`,
      `models/${BUILT_IN_BACKBONE}/weights.bin`,
    ]),
  );
  const otherModels = kept.filter(
    (name) => name.startsWith('models/') && !name.startsWith(`models/${BUILT_IN_BACKBONE}/`),
  );
  expect(otherModels).toEqual([]);
});

test('the app opens with the server gone', async ({ page, ownServer, consoleWatch }) => {
  // What is not kept (the list of self-hosted models) can only fail.
  consoleWatch.allow(/Failed to load resource|ERR_CONNECTION_REFUSED|ERR_FAILED/);
  await page.goto(ownServer.url);
  await untilOfflineReady(page);
  await ownServer.kill();
  await expect(fetch(ownServer.url)).rejects.toThrow();

  await page.reload();
  await expect(page.locator('#root > *').first()).toBeVisible();
  const weights = await page.evaluate(async (address) => {
    const response = await fetch(address);
    return (await response.arrayBuffer()).byteLength;
  }, `models/${BUILT_IN_BACKBONE}/weights.bin`);
  expect(weights).toBeGreaterThan(1_000_000);
});
