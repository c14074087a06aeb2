/**
 * How many pictures a second each contender answers: the studio's camera, the exported page's runtime,
 * and `@teachablemachine/image`. They take turns, round after round, so that whatever else the machine
 * does meets all of them; what counts is the ratio within a round.
 */
import type { Browser, Page } from '@playwright/test';

/** What a laptop's camera gives. */
const FRAME = { width: 640, height: 480 } as const;

export interface Contender {
  readonly name: string;
  readonly backend: string;
  /** Answers a second, over some seconds. */
  measure(): Promise<number>;
  close(): Promise<void>;
}

/** [contender][round] */
export async function measureInTurns(
  contenders: readonly Contender[],
  rounds: number,
): Promise<readonly (readonly number[])[]> {
  const rates = contenders.map((): number[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) rates[i]?.push(await contender.measure());
  }
  return rates;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** In the studio, with a model open; the browser's pretend camera gives 640 × 480. */
export async function studioCamera(page: Page): Promise<Contender> {
  const views = page.getByRole('navigation', { name: 'Views' });
  await views.getByRole('button', { name: 'Train' }).click();
  const tryIt = page.getByRole('region', { name: 'Try it', exact: true });
  return {
    name: 'Headstart, camera on screen',
    backend: 'wasm',
    async measure() {
      await page.bringToFront();
      await tryIt.getByRole('button', { name: 'Start camera' }).click();
      const rate = tryIt.getByText(/ a second, each in /);
      await rate.waitFor({ timeout: 60_000 });
      // The screen tells the mean of the last two seconds; the first of them are for warming up.
      await page.waitForTimeout(3_000);
      const seen: number[] = [];
      for (let i = 0; i < 4; i++) {
        await page.waitForTimeout(1_000);
        seen.push(Number.parseFloat(await rate.innerText()));
      }
      await tryIt.getByRole('button', { name: 'Stop camera' }).click();
      return seen.reduce((sum, each) => sum + each, 0) / seen.length;
    },
    close: () => page.context().close(),
  };
}

/** The inside of the exported page, as other sites import it; `library` is the address of the module. */
export async function exportedPage(
  browser: Browser,
  url: string,
  library: string,
  count: number,
): Promise<Contender> {
  const page = await blankPage(browser, url);
  // Not `import()` in the function itself, which the runner of this file would rewrite.
  await page.addScriptTag({
    type: 'module',
    content: `import * as library from '${library}'; globalThis.library = library;`,
  });
  await page.waitForFunction(() => 'library' in globalThis);
  const backend = await page.evaluate(openOurs, `${url}exported.html`);
  return loopOf(page, 'exported page and library', backend, count);
}

export interface PeerOptions {
  readonly name: string;
  readonly scripts: readonly string[];
  readonly backend: string | null;
}

export async function peer(
  browser: Browser,
  url: string,
  { name, scripts, backend: wanted }: PeerOptions,
  count: number,
): Promise<Contender> {
  const page = await blankPage(browser, url);
  for (const script of [...scripts, 'tm-image/teachablemachine-image.min.js']) {
    await page.addScriptTag({ url: `${url}peers/${script}` });
  }
  const backend = await page.evaluate(openPeer, { url, backend: wanted });
  return loopOf(page, name, backend, count);
}

async function blankPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ bypassCSP: true, serviceWorkers: 'block' });
  const page = await context.newPage();
  // The script runner names functions with a helper that serialised functions take along.
  await page.addInitScript('globalThis.__name = (fn) => fn');
  page.setDefaultTimeout(0);
  await page.goto(`${url}blank.html`);
  return page;
}

function loopOf(page: Page, name: string, backend: string, count: number): Contender {
  return {
    name,
    backend,
    async measure() {
      await page.bringToFront();
      return page.evaluate(answerFrames, { count, frame: FRAME });
    },
    close: () => page.context().close(),
  };
}

interface Opened {
  readonly model: { predict(picture: HTMLCanvasElement): Promise<unknown> };
}

/* From here on: serialised into the page, so nothing may refer to anything outside itself. */

async function openOurs(exported: string): Promise<string> {
  type Model = Opened['model'] & { readonly backend: string };
  const page = globalThis as unknown as {
    readonly library: { openModel(page: string): Promise<Model> };
    model: Model;
  };
  page.model = await page.library.openModel(exported);
  return page.model.backend;
}

async function openPeer({
  url,
  backend,
}: {
  readonly url: string;
  readonly backend: string | null;
}): Promise<string> {
  const page = globalThis as unknown as Opened & {
    readonly tf: {
      readonly wasm?: { setWasmPaths(path: string): void };
      setBackend(name: string): unknown;
      getBackend(): string;
      ready(): Promise<void>;
    };
    readonly tmImage: { load(model: string, metadata: string): Promise<Opened['model']> };
    model: Opened['model'];
  };
  const { tf, tmImage } = page;
  tf.wasm?.setWasmPaths(`${url}wasm/`);
  if (backend !== null) await tf.setBackend(backend);
  await tf.ready();
  page.model = await tmImage.load(`${url}tm/model.json`, `${url}tm/metadata.json`);
  return tf.getBackend();
}

/** `predict` of a canvas is what the peer's camera page calls for a frame. */
async function answerFrames({
  count,
  frame,
}: {
  readonly count: number;
  readonly frame: { readonly width: number; readonly height: number };
}): Promise<number> {
  const { model } = globalThis as unknown as Opened;
  const canvas = document.createElement('canvas');
  canvas.width = frame.width;
  canvas.height = frame.height;
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no canvas');
  const answer = async (i: number): Promise<void> => {
    context.fillStyle = `hsl(${String((i * 37) % 360)} 60% 50%)`;
    context.fillRect(0, 0, frame.width, frame.height);
    await model.predict(canvas);
  };
  for (let i = 0; i < 5; i++) await answer(i);
  const begun = performance.now();
  for (let i = 0; i < count; i++) await answer(i);
  return (1000 * count) / (performance.now() - begun);
}
