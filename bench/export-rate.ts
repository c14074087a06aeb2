/**
 * Models on their way out: how long each export takes and how large it is, and how many pictures a
 * second the studio's camera and the exported page's runtime answer beside `@teachablemachine/image`
 * 0.8.5, on the same model, machine and backend. Prints figures and ratios; never gates anything. Needs
 * a build.
 *
 * npx tsx bench/export-rate.ts [pictures to answer] [rounds]
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
import {
  exportedPage,
  measureInTurns,
  median,
  peer,
  studioCamera,
  type Contender,
} from './camera-rates.ts';
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
/** The peer on our backend. */
const PEER = 'peer, tfjs 4.22';

async function main([count = '60', rounds = '3']: readonly string[]): Promise<void> {
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
    const { studio, webPage } = await exportAll(browser, server.url);
    writeFileSync(path.join(overlay, 'exported.html'), webPage);
    writeFileSync(path.join(overlay, 'blank.html'), '<!doctype html><title>bench</title>');
    const camera = await studioCamera(studio);
    const others = await openOthers(browser, server.url, overlay, Number(count));
    await compareRates([camera, ...others], Number(rounds));
  } finally {
    await browser.close();
    await server.close();
    rmSync(overlay, { recursive: true, force: true });
  }
}

function row(...cells: readonly string[]): void {
  console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(34) : cell.padStart(16))).join(' '));
}

interface Exported {
  /** With the model open. */
  readonly studio: Page;
  readonly webPage: Uint8Array;
}

/** Opens the model in the studio and prepares every kind. */
async function exportAll(browser: Browser, url: string): Promise<Exported> {
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
  return { studio: page, webPage };
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

async function openOthers(
  browser: Browser,
  url: string,
  overlay: string,
  count: number,
): Promise<readonly Contender[]> {
  writeLibrary(await buildLibrary(), path.join(overlay, 'lib'));
  const ours = await exportedPage(browser, url, `${url}lib/${LIBRARY_NAME}.js`, count);
  try {
    fetchPeers(CACHE);
  } catch {
    console.log('@teachablemachine/image cannot be fetched here: no comparison.');
    return [ours];
  }
  for (const { folder } of PEER_PACKAGES) {
    cpSync(path.join(CACHE, folder, 'dist'), path.join(overlay, 'peers', folder), {
      recursive: true,
    });
  }
  cpSync(MODEL, path.join(overlay, 'tm'), { recursive: true });
  const scripts = ['tfjs-4.22.0/tf.min.js', 'tfjs-backend-wasm-4.22.0/tf-backend-wasm.min.js'];
  const onWasm = await peer(browser, url, { name: PEER, scripts, backend: 'wasm' }, count);
  const asShipped = {
    name: 'peer as shipped, tfjs 1.3.1',
    scripts: ['tfjs-1.3.1/tf.min.js'],
    backend: null,
  };
  // Slow where WebGL is done by the processor.
  return [onWasm, ours, await peer(browser, url, asShipped, Math.min(count, 5))];
}

/** Everything is set against the peer on the same backend. */
async function compareRates(contenders: readonly Contender[], rounds: number): Promise<void> {
  const rates = await measureInTurns(contenders, rounds);
  const against = contenders.findIndex(({ name }) => name === PEER);
  console.log('');
  row('640 × 480 to probabilities', 'backend', 'a second', 'over the peer', 'in each round');
  contenders.forEach(({ name, backend }, i) => {
    const own = rates[i] ?? [];
    const ratios = own.map((rate, round) => rate / (rates[against]?.[round] ?? NaN));
    const each = ratios.map((ratio) => ratio.toFixed(2)).join(' ');
    row(name, backend, median(own).toFixed(1), `${median(ratios).toFixed(2)}x`, each);
  });
  row('wanted, same backend and backbone', '', '', '1.50x');
  for (const contender of contenders) await contender.close();
}

await main(process.argv.slice(2));
