/** Prints the longest stretch in which the page could not react. Measured, not judged: see bench. */
import { expect, test } from '../fixtures/app.ts';
import { patternPhotos } from '../fixtures/generated-photos.ts';
import { photoFolders } from '../fixtures/photo-folders.ts';
import { StudioPage } from '../pages/studio-page.ts';

interface TaskWindow {
  readonly longTasks: { readonly at: number; readonly ms: number }[];
}

test('the longest task of the main thread while embedding and training', async ({ page }) => {
  await page.addInitScript(() => {
    const longTasks: { at: number; ms: number }[] = [];
    Object.assign(window, { longTasks });
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) {
        longTasks.push({ at: startTime, ms: duration });
      }
    }).observe({ type: 'longtask', buffered: true });
  });
  const longest = async (since: number) => {
    const all = await page.evaluate(() => (window as unknown as TaskWindow).longTasks);
    const during = all.filter(({ at }) => at >= since).map(({ ms }) => Math.round(ms));
    return `${String(Math.max(0, ...during))} ms (${String(during.length)} over 50 ms)`;
  };
  const now = () => page.evaluate(() => performance.now());

  const studio = new StudioPage(page);
  const folder = await photoFolders({
    stripes: patternPhotos('stripes', 40, 0),
    dots: patternPhotos('dots', 40, 0),
  });
  await studio.open();
  const opened = await longest(0);
  const beforePhotos = await now();
  await studio.addFolders(folder);
  const embedding = await longest(beforePhotos);
  // Looked up before the clock starts, and awaited in the page: looking for roles is a long task itself.
  const button = await studio.trainButton.elementHandle();
  const beforeTraining = await now();
  await page.evaluate(
    (train) =>
      new Promise<void>((resolve) => {
        const root = document.documentElement;
        new MutationObserver((_, observer) => {
          if (root.dataset['training'] !== 'finished') return;
          observer.disconnect();
          resolve();
        }).observe(root, { attributeFilter: ['data-training'] });
        (train as HTMLElement).click();
      }),
    button,
  );
  const training = await longest(beforeTraining);
  console.log(
    `Longest main-thread task: opening ${opened}, 80 photos in ${embedding}, training ${training}`,
  );
  expect(await page.evaluate(() => PerformanceObserver.supportedEntryTypes)).toContain('longtask');
});
