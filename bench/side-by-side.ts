/**
 * The studio's engine beside `@teachablemachine/image` 0.8.5: same browser, same machine, same run,
 * same photos, same backbone. Prints ratios; never gates anything.
 *
 * npx tsx bench/side-by-side.ts [photos per class]
 */
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from '@playwright/test';
import { build } from 'vite';
import { addModel } from '../tools/models/add-model.ts';
import { findBrowser, thisMachine } from '../tools/find-browser.ts';
import { startStaticServer } from '../tools/static-server.ts';
import { wasmFiles } from '../tools/vite/wasm-files.ts';
import { fetchPeers, PEER_PACKAGES } from './fetch-peers.ts';
import type { OurResult, OurTask } from './page/main.ts';
import { runPeer, type PeerResult, type PeerTask } from './peer-run.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const CACHE = path.join(ROOT, 'node_modules/.cache/bench');
const SHARED = path.resolve(ROOT, '../shared');
const PEER_BACKBONE = 'mobilenet_v2_0.35_224';
const SAME_HEAD = {
  hiddenUnits: 100,
  epochs: 50,
  batchSize: 16,
  learningRate: 0.001,
  optimizer: 'adam',
  weightDecay: 0,
  dropout: 0,
  earlyStopping: false,
} as const;

async function main([perClass = '60']: readonly string[]): Promise<void> {
  if (!existsSync(path.join(SHARED, 'photos'))) {
    console.log(
      'The photos beside the repository (../shared) are not here, so nothing was measured.',
    );
    return;
  }
  fetchPeers(CACHE);
  const site = await buildSite();
  const server = await startStaticServer({ root: site.page, overlays: [site.overlay] });
  const browserPath = findBrowser(await thisMachine())?.path;
  const browser = await chromium.launch({
    ...(browserPath === undefined ? {} : { executablePath: browserPath }),
    args: ['--no-sandbox', '--disable-background-networking', '--enable-unsafe-swiftshader'],
  });
  try {
    await compare(browser, server.url, Number(perClass), site.peerBackboneId);
  } finally {
    await browser.close();
    await server.close();
    rmSync(site.overlay, { recursive: true, force: true });
  }
}

interface Site {
  readonly page: string;
  readonly overlay: string;
  readonly peerBackboneId: string;
}

async function buildSite(): Promise<Site> {
  const page = path.join(CACHE, 'page');
  await build({
    root: path.join(ROOT, 'bench/page'),
    configFile: false,
    logLevel: 'error',
    base: './',
    publicDir: path.join(ROOT, 'public'),
    plugins: [wasmFiles()],
    worker: { format: 'es' },
    build: { outDir: page, emptyOutDir: true, target: 'es2022' },
  });
  const overlay = mkdtempSync(path.join(tmpdir(), 'headstart-bench-'));
  // Copied: the server does not follow links out of its folders.
  const copy = (from: string, to: string): void => {
    cpSync(from, path.join(overlay, to), { recursive: true });
  };
  copy(path.join(SHARED, 'photos/flowers'), 'photos/flowers');
  copy(path.join(SHARED, 'models', PEER_BACKBONE), `peer-models/${PEER_BACKBONE}`);
  for (const { folder } of PEER_PACKAGES) {
    copy(path.join(CACHE, folder, 'dist'), `peers/${folder}/dist`);
  }
  const card = await addModel({
    source: path.join(SHARED, 'models', PEER_BACKBONE),
    modelsFolder: path.join(overlay, 'models'),
  });
  return { page, overlay, peerBackboneId: card.id };
}

/** Flowers: five classes; the last 15 % of each class validate, as the peer holds back 15 %. */
function chooseData(perClass: number) {
  const folder = path.join(SHARED, 'photos/flowers');
  const classes = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  const photos = classes.flatMap((name, label) =>
    readdirSync(path.join(folder, name))
      .sort()
      .slice(0, perClass)
      .map((file) => ({ url: `photos/flowers/${name}/${file}`, label })),
  );
  const held = Math.ceil(perClass * 0.15);
  const rows = photos.map((_, i) => i);
  const isHeld = (row: number): boolean => row % perClass >= perClass - held;
  return {
    classes,
    photos,
    trainRows: rows.filter((row) => !isHeld(row)),
    validationRows: rows.filter(isHeld),
  };
}

async function compare(browser: Browser, url: string, perClass: number, peerBackboneId: string) {
  const data = chooseData(perClass);
  const photos = data.photos.map(({ url: at, label }) => ({ url: url + at, label }));
  const ours = (folder: string) =>
    runOurs(browser, url, {
      backboneFolder: `${url}models/${folder}/`,
      wasmPath: `${url}wasm/`,
      backend: 'wasm',
      photos,
      classCount: data.classes.length,
      trainRows: data.trainRows,
      validationRows: data.validationRows,
      sameHead: SAME_HEAD,
    });
  const peerTask: PeerTask = {
    photos,
    labels: data.classes,
    checkpointUrl: `${url}peer-models/${PEER_BACKBONE}/model.json`,
    backend: null,
    wasmPath: null,
    epochs: SAME_HEAD.epochs,
    batchSize: SAME_HEAD.batchSize,
    learningRate: SAME_HEAD.learningRate,
    denseUnits: SAME_HEAD.hiddenUnits,
  };
  console.log(
    `${String(photos.length)} photos (flowers), head of 100 units, 50 epochs, batch 16\n`,
  );
  const same = await ours(peerBackboneId);
  const builtIn = await ours('headstart-v2-050');
  const onWasm = await peer(
    browser,
    url,
    ['tfjs-4.22.0/dist/tf.min.js', 'tfjs-backend-wasm-4.22.0/dist/tf-backend-wasm.min.js'],
    {
      ...peerTask,
      backend: 'wasm',
      wasmPath: `${url}wasm/`,
    },
  );
  const shipped = await peer(browser, url, ['tfjs-1.3.1/dist/tf.min.js'], peerTask);
  report({ same, builtIn, onWasm, shipped });
}

async function runOurs(browser: Browser, url: string, task: OurTask): Promise<OurResult> {
  const page = await openPage(browser, url);
  await page.waitForFunction(() => 'runOurs' in window);
  const result = await page.evaluate((argument) => window.runOurs(argument), task);
  await page.close();
  return result;
}

async function peer(browser: Browser, url: string, scripts: readonly string[], task: PeerTask) {
  const page = await openPage(browser, url);
  for (const script of [...scripts, 'tm-image/dist/teachablemachine-image.min.js']) {
    await page.addScriptTag({ url: `${url}peers/${script}` });
  }
  const result = await page.evaluate(runPeer, task);
  await page.close();
  return result;
}

async function openPage(browser: Browser, url: string): Promise<Page> {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  // The script runner names functions with a helper that serialised functions take along.
  await page.addInitScript('globalThis.__name = (fn) => fn');
  page.setDefaultTimeout(0);
  page.on('pageerror', (error) => {
    console.error(`  page: ${error.message}`);
  });
  await page.goto(url);
  return page;
}

interface Results {
  readonly same: OurResult;
  readonly builtIn: OurResult;
  readonly onWasm: PeerResult;
  readonly shipped: PeerResult;
}

function report({ same, builtIn, onWasm, shipped }: Results): void {
  const seconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`;
  const ratio = (theirs: number, ours: number): string => `${(theirs / ours).toFixed(1)}x`;
  const total = (result: OurResult): number => result.prepareMs + result.embedMs;
  const row = (name: string, ...cells: string[]): void => {
    console.log([name.padEnd(44), ...cells.map((cell) => cell.padStart(12))].join(' '));
  };
  const peerName = (result: PeerResult): string => `tfjs ${result.tfjsVersion} ${result.backend}`;
  row('', 'files→pixels', 'embedding', 'same head', 'longest task');
  row(
    'ours, 0.35 at 224, wasm',
    seconds(same.prepareMs),
    seconds(same.embedMs),
    seconds(same.sameHeadMs),
    `${same.longestTaskMs.toFixed(0)} ms`,
  );
  row(
    'ours, built-in, wasm',
    seconds(builtIn.prepareMs),
    seconds(builtIn.embedMs),
    seconds(builtIn.sameHeadMs),
    `${builtIn.longestTaskMs.toFixed(0)} ms`,
  );
  row(
    `peer, ${peerName(onWasm)}`,
    '',
    seconds(onWasm.embedMs),
    seconds(onWasm.trainMs),
    `${onWasm.longestTaskMs.toFixed(0)} ms`,
  );
  row(
    `peer as shipped, ${peerName(shipped)}`,
    '',
    seconds(shipped.embedMs),
    seconds(shipped.trainMs),
    `${shipped.longestTaskMs.toFixed(0)} ms`,
  );
  console.log('\nratios, theirs over ours (files to embeddings, storing included for us)');
  row('photos to embeddings, peer as shipped', ratio(shipped.embedMs, total(same)), 'wanted 3x');
  row('photos to embeddings, peer on wasm', ratio(onWasm.embedMs, total(same)), 'wanted 1x');
  row('  without what only we do (storing)', ratio(onWasm.embedMs, same.embedMs));
  row('built-in against ours on 0.35', ratio(total(same), total(builtIn)), 'wanted 1.5x');
  row('same head, peer on wasm', ratio(onWasm.trainMs, same.sameHeadMs), 'wanted 2x');
  row('same head, peer as shipped', ratio(shipped.trainMs, same.sameHeadMs), 'wanted 2x');
  const reached = timeToAccuracy(same, onWasm.validationAccuracies.at(-1) ?? 1);
  row(
    "until the peer's final validation accuracy",
    reached === null ? 'not reached' : ratio(onWasm.trainMs, reached),
    'wanted 10x',
  );
  row('retraining with defaults', seconds(same.defaultsMs), 'wanted 1 s');
}

/** Our defaults: milliseconds until the validation accuracy first reaches `target`. */
function timeToAccuracy(result: OurResult, target: number): number | null {
  return (
    result.defaults.find((epoch) => (epoch.validationAccuracy ?? 0) >= target)?.elapsedMs ?? null
  );
}

await main(process.argv.slice(2));
