/**
 * How the studio carries large data sets: import rate, first screen after a reload, scrolling, memory
 * and export, in the production build, and the cost of one photo at each size beside the smallest.
 * Prints, never judges.
 *
 * npx tsx bench/dataset-scale.ts [sizes, default 1000 5000 10000]
 */
import { readdirSync, rmSync } from 'node:fs';
import { chromium, type Browser, type CDPSession, type Page } from '@playwright/test';
import { PREVIEW_FROM_FILES } from '../src/features/capture/archive-files.ts';
import { findBrowser, thisMachine } from '../tools/find-browser.ts';
import { DIST_FOLDER } from '../tools/repository.ts';
import { startStaticServer } from '../tools/static-server.ts';
import { writePhotoFolders } from './scale-photos.ts';

const SIZES = [1_000, 5_000, 10_000];
const CLASSES = 4;
const PHOTOS_PER_FOLDER = 1_000;
const TIMEOUT_MS = 30 * 60_000;
const SCROLL_FRAMES = 120;

interface Figures {
  readonly photos: number;
  readonly importMs: number;
  readonly longestTaskMs: number;
  readonly longTasksMs: number;
  readonly firstScreenMs: number;
  readonly frameMs: readonly number[];
  readonly heapBytes: number;
  readonly tensors: number;
  readonly exportMs: number;
  readonly exportHeapBytes: number;
}

/** What the scripts below keep in the page. */
interface Watched {
  longTasks: number[];
  firstPhotoAt: number | null;
}

async function main(sizes: readonly number[]): Promise<void> {
  const server = await startStaticServer({ root: DIST_FOLDER });
  const executablePath = findBrowser(await thisMachine())?.path;
  const results: Figures[] = [];
  try {
    for (const size of sizes) {
      // A browser of its own: nothing of the size before is in its memory or on its disk.
      const browser = await chromium.launch({
        ...(executablePath === undefined ? {} : { executablePath }),
        args: ['--no-sandbox', '--disable-background-networking', '--enable-precise-memory-info'],
      });
      try {
        const figures = await measure(browser, server.url, size);
        results.push(figures);
        print(figures, results[0] ?? figures);
      } finally {
        await browser.close();
      }
    }
  } finally {
    await server.close();
  }
}

async function measure(browser: Browser, url: string, photos: number): Promise<Figures> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(TIMEOUT_MS);
  // The TypeScript runner keeps function names with a helper that the page does not have.
  await page.addInitScript('globalThis.__name ??= (named) => named;');
  await page.addInitScript(watchPage);
  const address = `${url}?backend=wasm`;
  await page.goto(address);
  await backboneReady(page);
  const { importMs, tasks } = await importPhotos(page, photos);
  const tensors = await tensorCount(page);
  await page.goto(address);
  await page.waitForFunction(() => (window as unknown as Watched).firstPhotoAt !== null);
  const firstScreenMs = await page.evaluate(() => (window as unknown as Watched).firstPhotoAt ?? 0);
  await backboneReady(page);
  await cancelEmbedding(page);
  const frameMs = await scroll(page);
  const session = await page.context().newCDPSession(page);
  const heapBytes = await heapAfterCollection(session);
  const { exportMs, exportHeapBytes } = await exportProject(page);
  return {
    ...{ photos, importMs, firstScreenMs, frameMs, heapBytes, tensors, exportMs, exportHeapBytes },
    longestTaskMs: Math.max(0, ...tasks),
    longTasksMs: tasks.reduce((sum, ms) => sum + ms, 0),
  };
}

function watchPage(): void {
  const watched: Watched = { longTasks: [], firstPhotoAt: null };
  Object.assign(window, watched);
  const own = window as unknown as Watched;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) own.longTasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });
  const timer = setInterval(() => {
    const picture = document.querySelector('[role="option"] img, [role="gridcell"] img');
    if (picture === null) return;
    own.firstPhotoAt = performance.now();
    clearInterval(timer);
  }, 10);
  // The dialog of the operating system cannot be driven: written to nowhere instead.
  const file = { write: () => Promise.resolve(), close: () => Promise.resolve() };
  Object.assign(window, {
    showSaveFilePicker: () =>
      Promise.resolve({ name: 'out', createWritable: () => Promise.resolve(file) }),
  });
}

async function backboneReady(page: Page): Promise<void> {
  await page.waitForFunction(() => (document.documentElement.dataset['backbone'] ?? '') !== '');
}

/** Embedding goes at the backbone's speed, which is measured elsewhere; here it would blur the rest. */
async function cancelEmbedding(page: Page): Promise<void> {
  const cancel = page.getByRole('button', { name: 'Cancel embedding' });
  await cancel.click({ timeout: 10_000 }).catch(() => undefined); // all embedded already
}

async function importPhotos(
  page: Page,
  photos: number,
): Promise<{ importMs: number; tasks: readonly number[] }> {
  const { folders, root } = writePhotoFolders(photos, CLASSES, PHOTOS_PER_FOLDER);
  try {
    let importMs = 0;
    let done = 0;
    await page.evaluate(() => {
      (window as unknown as Watched).longTasks = [];
    });
    for (const folder of folders) {
      const startedAt = performance.now();
      await page.getByTestId('folder-input').setInputFiles(folder);
      // As many are shown before they are taken.
      const add = page.getByRole('button', { name: 'Add to this project' });
      if (isPreviewed(folder)) await add.click();
      if (done === 0) await cancelEmbedding(page);
      done = Math.min(photos, done + PHOTOS_PER_FOLDER);
      // Said by the room itself: "4 classes, 1,000 photos".
      const said = `${done.toLocaleString('en')} photos`;
      await page.getByText(said).first().waitFor();
      importMs += performance.now() - startedAt;
      const dismiss = page.getByRole('button', { name: 'Dismiss the result of adding photos' });
      await dismiss.click();
    }
    const tasks = await page.evaluate(() => (window as unknown as Watched).longTasks);
    return { importMs, tasks };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

function isPreviewed(folder: string): boolean {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true });
  return files.filter((entry) => entry.isFile()).length >= PREVIEW_FROM_FILES;
}

/** In the engine workers; weights and nothing else, when nothing leaks. */
async function tensorCount(page: Page): Promise<number> {
  const counts = await Promise.all(
    page
      .workers()
      .filter((worker) => worker.url().includes('engine.worker'))
      .map((worker) =>
        worker.evaluate(() => {
          const scope = globalThis as unknown as { _tfengine?: { state: { numTensors: number } } };
          return scope._tfengine?.state.numTensors ?? 0;
        }),
      ),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Frame times while the photos of the first class scroll past, a screenful every few frames. */
function scroll(page: Page): Promise<readonly number[]> {
  return page.evaluate(async (frames) => {
    const start = document.querySelector('[role="option"], [role="gridcell"]');
    let box = start?.parentElement ?? null;
    while (box !== null && box.scrollHeight <= box.clientHeight + 1) box = box.parentElement;
    const target = box ?? document.documentElement;
    const times: number[] = [];
    let last = performance.now();
    for (let frame = 0; frame < frames; frame++) {
      target.scrollTop += target.clientHeight / 3;
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.now();
      times.push(now - last);
      last = now;
    }
    return times;
  }, SCROLL_FRAMES);
}

async function heapAfterCollection(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}

async function exportProject(page: Page): Promise<{ exportMs: number; exportHeapBytes: number }> {
  await page.evaluate(() => {
    const scope = window as unknown as { peak: number };
    scope.peak = 0;
    setInterval(() => {
      const { memory } = performance as unknown as { memory: { usedJSHeapSize: number } };
      scope.peak = Math.max(scope.peak, memory.usedJSHeapSize);
    }, 100);
  });
  await page.getByRole('button', { name: 'Share', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'Share' });
  const startedAt = performance.now();
  await panel.getByRole('button', { name: 'Export', exact: true }).click();
  const result = panel.getByRole('status', { name: 'Result of the export' });
  await result.filter({ hasText: /\S/ }).waitFor();
  const exportMs = performance.now() - startedAt;
  const exportHeapBytes = await page.evaluate(() => (window as unknown as { peak: number }).peak);
  return { exportMs, exportHeapBytes };
}

function print(now: Figures, first: Figures): void {
  const ratio = (of: (figures: Figures) => number): string =>
    (of(now) / now.photos / (of(first) / first.photos)).toFixed(2);
  const megabytes = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(0)} MB`;
  const frames = [...now.frameMs].sort((a, b) => a - b);
  const frame = (share: number): string =>
    (frames[Math.floor(share * (frames.length - 1))] ?? 0).toFixed(0);
  console.log(
    [
      `${now.photos.toLocaleString('en')} photos`,
      `  import        ${(now.photos / (now.importMs / 1000)).toFixed(0)} photos/s, cost per photo ${ratio((f) => f.importMs)} times that at ${first.photos.toLocaleString('en')}`,
      `  main thread   longest task ${now.longestTaskMs.toFixed(0)} ms, tasks over 50 ms ${((100 * now.longTasksMs) / now.importMs).toFixed(0)} % of the time`,
      `  first screen  ${now.firstScreenMs.toFixed(0)} ms after the reload began`,
      `  scrolling     frames of ${frame(0.5)} ms (median), ${frame(0.95)} ms (95 %), ${frame(1)} ms (worst)`,
      `  memory        JavaScript heap ${megabytes(now.heapBytes)}, tensors ${String(now.tensors)}`,
      `  export        ${(now.exportMs / 1000).toFixed(1)} s, heap up to ${megabytes(now.exportHeapBytes)}, cost per photo ${ratio((f) => f.exportMs)}`,
    ].join('\n'),
  );
}

const sizes = process.argv.slice(2).map(Number);
await main(sizes.length > 0 ? sizes : SIZES);
