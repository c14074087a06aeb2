/**
 * Models on their way out: how long each export takes and how large it is, and how many pictures a
 * second the exported page's runtime answers beside `@teachablemachine/image` 0.8.5, on the same
 * model, machine and backend. Prints figures and ratios; never gates anything. Needs a build.
 *
 * npx tsx bench/export-rate.ts [pictures to answer]
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Locator, type Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { buildLibrary, LIBRARY_NAME, writeLibrary } from '../tools/build-lib.ts';
import { findBrowser, thisMachine } from '../tools/find-browser.ts';
import { DIST_FOLDER, fromRoot } from '../tools/repository.ts';
import { startStaticServer } from '../tools/static-server.ts';
import { fetchPeers, PEER_PACKAGES } from './fetch-peers.ts';

const CACHE = fromRoot('node_modules/.cache/bench');
const SHARED = path.resolve(fromRoot('.'), '../shared');
const MODEL = path.join(SHARED, 'tm', 'shapes-3');
const KINDS = [
  'Web page',
  'TensorFlow.js',
  'Teachable Machine',
  'ONNX',
  'Headstart head',
  'Python (Keras)',
];
/** What a laptop's camera gives. */
const FRAME = { width: 640, height: 480 } as const;

interface Rate {
  readonly backend: string;
  readonly perSecond: number;
}

async function main([count = '100']: readonly string[]): Promise<void> {
  if (!existsSync(MODEL)) {
    console.log('The models beside the repository (../shared/tm) are not here: nothing measured.');
    return;
  }
  if (!existsSync(path.join(DIST_FOLDER, 'index.html'))) {
    console.log('There is no build to measure. Type: npm run build');
    return;
  }
  const overlay = mkdtempSync(path.join(tmpdir(), 'headstart-bench-'));
  const server = await startStaticServer({ root: DIST_FOLDER, overlays: [overlay] });
  const browserPath = findBrowser(await thisMachine())?.path;
  const browser = await chromium.launch({
    ...(browserPath === undefined ? {} : { executablePath: browserPath }),
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  });
  try {
    const page = await exportAll(browser, server.url);
    writeFileSync(path.join(overlay, 'exported.html'), page);
    writeFileSync(path.join(overlay, 'blank.html'), '<!doctype html><title>bench</title>');
    await compareRates(browser, server.url, overlay, Number(count));
  } finally {
    await browser.close();
    await server.close();
    rmSync(overlay, { recursive: true, force: true });
  }
}

function row(...cells: readonly string[]): void {
  console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(34) : cell.padStart(16))).join(' '));
}

/** Opens the model in the studio and prepares every kind; gives the web page. */
async function exportAll(browser: Browser, url: string): Promise<Uint8Array> {
  const context = await browser.newContext({ permissions: ['camera'] });
  const page = await context.newPage();
  await page.addInitScript(() => Reflect.deleteProperty(window, 'showSaveFilePicker'));
  await page.goto(`${url}?backend=wasm`);
  await page.locator('html[data-backbone]').waitFor({ timeout: 60_000 });
  await page
    .getByTestId('photo-input')
    .setInputFiles(
      ['model.json', 'weights.bin', 'metadata.json'].map((name) => path.join(MODEL, name)),
    );
  await page.getByRole('button', { name: 'Open this model' }).click({ timeout: 60_000 });
  const room = page.getByRole('region', { name: 'Export the model' });
  await room.getByText('is open.').waitFor({ timeout: 60_000 });
  row('export', 'size', 'ready in');
  let webPage: Uint8Array = new Uint8Array();
  for (const kind of KINDS) {
    const button = room.getByRole('button', { name: `Prepare ${kind}`, exact: true });
    // A model from a file has no photos to train on again.
    if (!(await button.isEnabled())) {
      row(kind, 'not offered');
      continue;
    }
    await button.click();
    const zip = await prepared(page, room, kind);
    if (kind === 'Web page' && zip.length > 0) webPage = unzipSync(zip)['model.html'] ?? webPage;
  }
  const rate = await cameraRate(page);
  console.log('');
  row('640 × 480 to probabilities', 'backend', 'a second');
  row('Headstart, camera on screen', 'wasm', rate);
  await context.close();
  return webPage;
}

async function prepared(page: Page, room: Locator, kind: string): Promise<Uint8Array> {
  const card = room.getByRole('listitem').filter({ hasText: kind }).first();
  const download = room.getByRole('button', { name: `Download ${kind}`, exact: false });
  await download.or(card.getByRole('alert')).first().waitFor({ timeout: 120_000 });
  if (!(await download.isVisible())) {
    row(kind, (await card.getByRole('alert').innerText()).replaceAll('\n', ' '));
    return new Uint8Array();
  }
  const facts = await card.getByText(/ready in/).innerText();
  const [size = '', , time = ''] = facts.split(/, (?=\d+ files|ready)/);
  const [saved] = await Promise.all([page.waitForEvent('download'), download.click()]);
  const bytes = readFileSync(await saved.path());
  row(kind, size, time.replace('ready in ', ''));
  return bytes;
}

/** As the screen says it after some seconds; the browser's pretend camera gives 640 × 480. */
async function cameraRate(page: Page): Promise<string> {
  const views = page.getByRole('navigation', { name: 'Views' });
  await views.getByRole('button', { name: 'Train' }).click();
  const tryIt = page.getByRole('region', { name: 'Try it', exact: true });
  await tryIt.getByRole('button', { name: 'Start camera' }).click();
  const rate = tryIt.getByText(/ a second, each in /);
  await rate.waitFor({ timeout: 60_000 });
  await page.waitForTimeout(5_000);
  const text = await rate.innerText();
  await tryIt.getByRole('button', { name: 'Stop camera' }).click();
  return text.split(' ')[0] ?? '';
}

async function compareRates(browser: Browser, url: string, overlay: string, count: number) {
  writeLibrary(await buildLibrary(), path.join(overlay, 'lib'));
  const ours = await inPage(browser, url, async (page) => {
    // Not `import()` in the function itself, which the runner of this file would rewrite.
    await page.addScriptTag({
      type: 'module',
      content: `import * as library from '${url}lib/${LIBRARY_NAME}.js'; globalThis.library = library;`,
    });
    await page.waitForFunction(() => 'library' in globalThis);
    return page.evaluate(runOurs, { url, count, frame: FRAME });
  });
  show('exported page and library', ours);
  try {
    fetchPeers(CACHE);
  } catch {
    console.log('@teachablemachine/image cannot be fetched here: no comparison.');
    return;
  }
  for (const { folder } of PEER_PACKAGES) {
    cpSync(path.join(CACHE, folder, 'dist'), path.join(overlay, 'peers', folder), {
      recursive: true,
    });
  }
  cpSync(MODEL, path.join(overlay, 'tm'), { recursive: true });
  const peer = (scripts: readonly string[], backend: string | null) =>
    inPage(browser, url, async (page) => {
      for (const script of [...scripts, 'tm-image/teachablemachine-image.min.js']) {
        await page.addScriptTag({ url: `${url}peers/${script}` });
      }
      return page.evaluate(runPeer, { url, backend, count, frame: FRAME });
    });
  const onWasm = await peer(
    ['tfjs-4.22.0/tf.min.js', 'tfjs-backend-wasm-4.22.0/tf-backend-wasm.min.js'],
    'wasm',
  );
  show('peer, tfjs 4.22', onWasm);
  const shipped = await peer(['tfjs-1.3.1/tf.min.js'], null);
  show('peer as shipped, tfjs 1.3.1', shipped);
  console.log('\nratios, ours over theirs');
  row('same backend', `${(ours.perSecond / onWasm.perSecond).toFixed(2)}x`, 'wanted 1.5x');
  row('peer as shipped', `${(ours.perSecond / shipped.perSecond).toFixed(2)}x`);
}

function show(name: string, { backend, perSecond }: Rate): void {
  row(name, backend, perSecond.toFixed(1));
}

async function inPage<Result>(
  browser: Browser,
  url: string,
  work: (page: Page) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({ bypassCSP: true, serviceWorkers: 'block' });
  const page = await context.newPage();
  // The script runner names functions with a helper that serialised functions take along.
  await page.addInitScript('globalThis.__name = (fn) => fn');
  page.setDefaultTimeout(0);
  await page.goto(`${url}blank.html`);
  try {
    return await work(page);
  } finally {
    await context.close();
  }
}

interface OurTask {
  readonly url: string;
  readonly count: number;
  readonly frame: typeof FRAME;
}

/** Serialised into the page, so it must not refer to anything outside itself. */
async function runOurs({ url, count, frame }: OurTask): Promise<Rate> {
  interface Model {
    readonly backend: string;
    predict(picture: HTMLCanvasElement): Promise<unknown>;
  }
  const { library } = globalThis as unknown as {
    readonly library: { openModel(page: string): Promise<Model> };
  };
  const model = await library.openModel(`${url}exported.html`);
  const canvas = document.createElement('canvas');
  canvas.width = frame.width;
  canvas.height = frame.height;
  const context = canvas.getContext('2d');
  const draw = (i: number): void => {
    if (context === null) throw new Error('no canvas');
    context.fillStyle = `hsl(${String((i * 37) % 360)} 60% 50%)`;
    context.fillRect(0, 0, frame.width, frame.height);
  };
  for (let i = 0; i < 10; i++) {
    draw(i);
    await model.predict(canvas);
  }
  const begun = performance.now();
  for (let i = 0; i < count; i++) {
    draw(i);
    await model.predict(canvas);
  }
  const perSecond = (1000 * count) / (performance.now() - begun);
  return { backend: model.backend, perSecond };
}

interface PeerTask {
  readonly url: string;
  readonly backend: string | null;
  readonly count: number;
  readonly frame: typeof FRAME;
}

/** Serialised into the page as well. `predict` of a canvas is what its camera page calls for a frame. */
async function runPeer({ url, backend, count, frame }: PeerTask): Promise<Rate> {
  interface Peer {
    readonly tf: {
      readonly wasm?: { setWasmPaths(path: string): void };
      setBackend(name: string): unknown;
      getBackend(): string;
      ready(): Promise<void>;
    };
    readonly tmImage: {
      load(
        model: string,
        metadata: string,
      ): Promise<{ predict(picture: HTMLCanvasElement): Promise<unknown> }>;
    };
  }
  const { tf, tmImage } = globalThis as unknown as Peer;
  tf.wasm?.setWasmPaths(`${url}wasm/`);
  if (backend !== null) await tf.setBackend(backend);
  await tf.ready();
  const model = await tmImage.load(`${url}tm/model.json`, `${url}tm/metadata.json`);
  const canvas = document.createElement('canvas');
  canvas.width = frame.width;
  canvas.height = frame.height;
  const context = canvas.getContext('2d');
  const draw = (i: number): void => {
    if (context === null) throw new Error('no canvas');
    context.fillStyle = `hsl(${String((i * 37) % 360)} 60% 50%)`;
    context.fillRect(0, 0, frame.width, frame.height);
  };
  for (let i = 0; i < 10; i++) {
    draw(i);
    await model.predict(canvas);
  }
  const begun = performance.now();
  for (let i = 0; i < count; i++) {
    draw(i);
    await model.predict(canvas);
  }
  return { backend: tf.getBackend(), perSecond: (1000 * count) / (performance.now() - begun) };
}

await main(process.argv.slice(2));
