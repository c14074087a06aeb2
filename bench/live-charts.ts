/**
 * What live curves cost the page: a run of 500 epochs in the training view with the curves of the run
 * before behind it, then the same while five runs are compared. Traced through the browser; prints the
 * main thread's longest tasks as time and as processor time, which other work on the machine does not
 * stretch. Never gates anything.
 *
 * npm run build && npx tsx bench/live-charts.ts [hidden units] [folder of the build]
 */
import { loadavg } from 'node:os';
import { chromium, expect, type Browser, type Page } from '@playwright/test';
import { findBrowser, thisMachine } from '../tools/find-browser.ts';
import { DIST_FOLDER } from '../tools/repository.ts';
import { startStaticServer } from '../tools/static-server.ts';
import { StudioPage } from '../e2e/pages/studio-page.ts';
import { readTrace, type MainThreadTask } from './main-thread-tasks.ts';

const EPOCHS = 500;
const OVERLAID = 5;
const SETTLE_MS = 1000;
const hiddenUnits = Number(process.argv[2] ?? 16);
const root = process.argv[3] ?? DIST_FOLDER;

const server = await startStaticServer({ root });
const executablePath = findBrowser(await thisMachine())?.path;
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    baseURL: server.url,
  });
  const page = await context.newPage();
  // What compiles this file calls it in every function; the page does not have it.
  await page.addInitScript('globalThis.__name = (value) => value;');
  const studio = new StudioPage(page);
  await studio.open();
  await prepare(studio);
  for (let run = 1; run < OVERLAID; run++) {
    await studio.train();
    await page.waitForTimeout(1000);
  }
  // Looked up before: finding a role is a long task of the page itself.
  const button = await studio.trainButton.elementHandle();
  await measure(browser, page, 'training view', async () => {
    await button.evaluate((train) => {
      (train as HTMLElement).click();
    });
    await trained(page);
  });
  await studio.trainButton.click();
  await compareAll(page);
  await measure(browser, page, `${String(OVERLAID)} runs compared meanwhile`, () => trained(page));
} finally {
  await browser.close();
  await server.close();
}

async function prepare(studio: StudioPage): Promise<void> {
  const panel = await studio.openSampleSets();
  await panel.getByRole('button', { name: /^Add \d+ pictures$/ }).click();
  await studio.counts(3, 180);
  await studio.settled();
  await studio.showAllSettings();
  await studio.setNumber('Epochs', EPOCHS);
  await studio.setNumber('Hidden units', hiddenUnits);
  // Past the stop, to the last epoch.
  await expect(
    studio.training.getByRole('switch', { name: 'Show what would have happened' }),
  ).toBeChecked();
}

/** Told by the page itself: asking again and again from outside would be work of the main thread too. */
async function trained(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const root = document.documentElement;
        const observer = new MutationObserver(() => {
          if (root.dataset['training'] !== 'finished') return;
          observer.disconnect();
          resolve();
        });
        observer.observe(root, { attributeFilter: ['data-training'] });
      }),
  );
}

async function compareAll(page: Page): Promise<void> {
  const views = page.getByRole('navigation', { name: 'Views' });
  await views.getByRole('button', { name: 'Runs', exact: true }).click();
  const room = page.getByRole('region', { name: 'Runs', exact: true });
  for (let n = 1; n <= OVERLAID; n++) {
    await room.getByRole('checkbox', { name: `Compare Run ${String(n)}` }).click();
  }
  await room.getByRole('slider', { name: /5 runs/ }).waitFor();
}

async function measure(
  traced: Browser,
  page: Page,
  label: string,
  work: () => Promise<void>,
): Promise<void> {
  await traced.startTracing(page, {
    categories: [
      'toplevel',
      'devtools.timeline',
      'disabled-by-default-devtools.timeline',
      'disabled-by-default-v8.cpu_profiler',
      'v8',
      '__metadata',
    ],
  });
  // Beginning to trace is work of the main thread too.
  await page.waitForTimeout(SETTLE_MS);
  const startedAt = performance.now();
  await work();
  await page.waitForTimeout(1500);
  const seconds = (performance.now() - startedAt) / 1000;
  const trace = readTrace((await traced.stopTracing()).toString(), SETTLE_MS / 2);
  const of = (pick: (task: MainThreadTask) => number): string => {
    const long = trace.tasks.filter((task) => pick(task) > 50);
    const longest = Math.max(0, ...trace.tasks.map(pick));
    return `longest ${longest.toFixed(0)} ms, ${String(long.length)} over 50 ms`;
  };
  const total = trace.tasks.reduce((sum, { processorMs }) => sum + processorMs, 0);
  console.log(
    `${label}: ${seconds.toFixed(1)} s, main thread busy ${(total / 1000).toFixed(1)} s; ` +
      `tasks: ${of(({ ms }) => ms)}; as processor time ${of(({ processorMs }) => processorMs)}; ` +
      `load ${loadavg()[0]?.toFixed(1) ?? ''}`,
  );
  const worst = [...trace.tasks].sort((a, b) => b.processorMs - a.processorMs).slice(0, 8);
  for (const task of worst) {
    console.log(
      `  at ${(task.atMs / 1000).toFixed(2)} s: ${task.ms.toFixed(0)} ms ` +
        `(${task.processorMs.toFixed(0)} processor): ${task.parts.join(', ')}`,
    );
  }
}
