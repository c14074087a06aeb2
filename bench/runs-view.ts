/**
 * How long the page cannot react while runs are compared: five runs of 500 epochs and one of 5,000, of
 * 200 classes, put into the built app's own database. Prints figures; never gates anything.
 *
 * npm run build && npx tsx bench/runs-view.ts
 */
import { chromium, type Page } from '@playwright/test';
import { DEFAULT_HYPERPARAMETERS } from '../src/domain/hyperparameter-specs.ts';
import { DATABASE_NAME } from '../src/storage/schema.ts';
import { findBrowser, thisMachine } from '../tools/find-browser.ts';
import { DIST_FOLDER } from '../tools/repository.ts';
import { startStaticServer } from '../tools/static-server.ts';

const CLASSES = 200;
const WIDTH = 1280;
const EPOCHS = [500, 500, 500, 500, 500, 5000];

const server = await startStaticServer({ root: DIST_FOLDER });
const executablePath = findBrowser(await thisMachine())?.path;
const browser = await chromium.launch({
  ...(executablePath === undefined ? {} : { executablePath }),
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  // What compiles this file calls it in every function; the page does not have it.
  await page.addInitScript('globalThis.__name = (value) => value;');
  await page.addInitScript(() => {
    const tasks: { at: number; ms: number }[] = [];
    Object.assign(window, { tasks });
    new PerformanceObserver((list) => {
      for (const { startTime: at, duration: ms } of list.getEntries()) tasks.push({ at, ms });
    }).observe({ type: 'longtask', buffered: true });
  });
  await open(page);
  await page.evaluate(fillDatabase, {
    name: DATABASE_NAME,
    classCount: CLASSES,
    width: WIDTH,
    epochCounts: EPOCHS,
    hyperparameters: DEFAULT_HYPERPARAMETERS,
  });
  await measure(page, 'reload with six runs', () => open(page));
  await compareRuns(page);
} finally {
  await browser.close();
  await server.close();
}

async function open(page: Page): Promise<void> {
  await page.goto(`${server.url}?backend=wasm`);
  await page.locator('html[data-boot="ready"]').waitFor();
  await page.locator('html:not([data-backbone=""])').waitFor();
}

async function compareRuns(page: Page): Promise<void> {
  const views = page.getByRole('navigation', { name: 'Views' });
  const room = page.getByRole('region', { name: 'Runs', exact: true });
  await measure(page, 'open the runs', async () => {
    await views.getByRole('button', { name: 'Runs' }).click();
    await room.getByRole('checkbox').nth(5).waitFor();
  });
  const tick = (n: number) => room.getByRole('checkbox', { name: `Compare Run ${String(n)}` });
  await measure(page, 'lay five runs of 500 epochs over each other', async () => {
    for (const n of [1, 2, 3, 4, 5]) await tick(n).click();
    await room.getByRole('slider', { name: /5 runs, 500 epochs/ }).waitFor();
  });
  const curve = room.getByRole('slider', { name: /by epoch/ });
  await measure(page, 'read 60 epochs with the keys', async () => {
    await curve.focus();
    for (let i = 0; i < 60; i++) await page.keyboard.press('PageUp');
  });
  await measure(page, 'pull the pointer along the curves', async () => {
    const box = await curve.boundingBox();
    if (box === null) throw new Error('no chart');
    for (let i = 0; i <= 60; i++) {
      await page.mouse.move(box.x + 50 + (i / 60) * (box.width - 180), box.y + 80);
    }
  });
  await measure(page, 'both sides, log scale, accuracy', async () => {
    for (const name of ['Both', 'Log', 'Accuracy']) {
      await room.getByText(name, { exact: true }).click();
    }
  });
  await measure(page, 'open the table behind the chart', async () => {
    await room.getByRole('button', { name: 'Show as table' }).click();
    await room.getByRole('cell').nth(500).waitFor();
  });
  await room.getByRole('button', { name: 'Show as table' }).click();
  await measure(page, 'one of them changed for the run of 5,000 epochs', async () => {
    await tick(5).click();
    await tick(6).click();
    await room.getByRole('slider', { name: /5 runs, 5,?000 epochs/ }).waitFor();
  });
}

/** Prints the longest task during `work`, and how many were over 50 ms. */
async function measure(page: Page, label: string, work: () => Promise<void>): Promise<void> {
  const since = await page
    .evaluate(() => performance.timeOrigin + performance.now())
    .catch(() => 0);
  await work();
  await page.waitForTimeout(400);
  const lengths = await page.evaluate((from) => {
    const { tasks } = window as unknown as { tasks: { at: number; ms: number }[] };
    return tasks.filter(({ at }) => performance.timeOrigin + at >= from).map(({ ms }) => ms);
  }, since);
  const longest = Math.round(Math.max(0, ...lengths));
  console.log(
    `${label}: longest task ${String(longest)} ms (${String(lengths.length)} over 50 ms)`,
  );
}

interface Filling {
  readonly name: string;
  readonly classCount: number;
  readonly width: number;
  readonly epochCounts: readonly number[];
  readonly hyperparameters: object;
}

/** Runs in the page. */
async function fillDatabase(filling: Filling): Promise<void> {
  const { name, classCount, width, epochCounts, hyperparameters } = filling;
  const asked = <Value>(request: IDBRequest<Value>): Promise<Value> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => {
        resolve(request.result);
      };
      request.onerror = () => {
        reject(new Error(request.error?.message));
      };
    });
  const database = await asked(indexedDB.open(name));
  const stores = database.transaction(['projects', 'runs'], 'readwrite');
  const all = (await asked(stores.objectStore('projects').getAll())) as readonly { id: string }[];
  const project = all[0];
  if (project === undefined) throw new Error('no project');
  const classes = Array.from({ length: classCount }, (_, i) => ({
    id: `class-${String(i)}`,
    name: `Class ${String(i)}`,
    colorIndex: i % 12,
  }));
  stores.objectStore('projects').put({ ...project, classes }, project.id);
  for (const [i, epochs] of epochCounts.entries()) {
    const metrics = Array.from({ length: epochs }, (_, at) => ({
      epoch: at + 1,
      trainLoss: 5 / (1 + at / 20),
      trainAccuracy: 1 - 1 / (1 + at / 10),
      validationLoss: 5 / (1 + at / 30) + 0.2 * Math.sin(at * (i + 1)),
      validationAccuracy: 0.9 - 0.8 / (1 + at / 10),
      learningRate: 0.01,
      elapsedMs: at,
    }));
    const run = {
      id: `run-${String(i)}`,
      projectId: project.id,
      name: `Run ${String(i + 1)}`,
      pinned: false,
      startedAt: 1_700_000_000_000 + i,
      end: 'completed',
      hyperparameters: { ...hyperparameters, hiddenUnits: i, epochs },
      classes,
      fit: 'crop',
      backboneId: 'headstart-v2-050',
      backboneSha256: 'b',
      backend: 'wasm',
      appVersion: '0',
      dataFingerprint: 'd',
      trainIds: Array.from({ length: 2000 }, (_, n) => String(n)),
      validationIds: Array.from({ length: 500 }, (_, n) => String(n)),
      metrics,
      bestEpoch: epochs,
      stoppedEpoch: null,
      elapsedMs: epochs,
      head: {
        inputDim: width,
        hiddenUnits: 0,
        classCount,
        standardisation: null,
        hiddenKernel: null,
        hiddenBias: null,
        outputKernel: new Float32Array(width * classCount),
        outputBias: new Float32Array(classCount),
      },
    };
    stores.objectStore('runs').put(run, run.id);
  }
  await new Promise<void>((resolve) => {
    stores.oncomplete = () => {
      resolve();
    };
  });
  database.close();
}
