/** The model leaves in several forms, proves that it answers the same, and comes back in. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Locator, Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { buildLibrary, writeLibrary } from '../../tools/build-lib.ts';
import { startStaticServer } from '../../tools/static-server.ts';
import { violationsOn } from '../fixtures/accessibility.ts';
import { expect, test } from '../fixtures/app.ts';
import {
  expectSelfTestInNode,
  expectSelfTestPage,
  unpackHere,
} from '../fixtures/exported-self-tests.ts';
import {
  halfAndHalfPhoto,
  patternPhoto,
  patternPhotos,
  type PhotoFile,
} from '../fixtures/generated-photos.ts';
import { hasPeers } from '../fixtures/peer-clients.ts';
import { photoFolders } from '../fixtures/photo-folders.ts';
import type * as Library from '../../src/page/predictor.ts';
import { StudioPage } from '../pages/studio-page.ts';
import { exactAnswers } from '../fixtures/exact-answers.ts';

const TOLERANCE = 1e-4;

/** The dialog of the operating system cannot be driven; browsers without it download. */
async function withoutSaveDialog(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'showSaveFilePicker');
  });
}

async function trainedStudio(page: Page): Promise<StudioPage> {
  await withoutSaveDialog(page);
  const studio = new StudioPage(page);
  await studio.open();
  const folder = await photoFolders({
    stripes: patternPhotos('stripes', 16),
    dots: patternPhotos('dots', 16),
  });
  await studio.addFolders(folder);
  await studio.setNumber('Epochs', 30);
  await studio.train();
  return studio;
}

async function openExportView(studio: StudioPage): Promise<Locator> {
  await studio.openView('Export');
  const room = studio.page.getByRole('region', { name: 'Export the model' });
  await expect(room).toBeVisible();
  return room;
}

interface Exported {
  readonly name: string;
  readonly bytes: Buffer;
  readonly files: Readonly<Record<string, Uint8Array>>;
}

async function exportAs(page: Page, room: Locator, kind: string): Promise<Exported> {
  await room.getByRole('button', { name: `Prepare ${kind}`, exact: true }).click();
  const proof = room.getByRole('status', { name: `Comparison of ${kind}`, exact: true });
  await expect(proof).toBeVisible({ timeout: 60_000 });
  if (!kind.startsWith('Python')) {
    await expect(proof).toContainText('Same answers: on');
    const difference = await proof.locator('[data-difference]').getAttribute('data-difference');
    expect(Number(difference)).toBeLessThanOrEqual(TOLERANCE);
  }
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    room.getByRole('button', { name: `Download ${kind}`, exact: true }).click(),
  ]);
  const bytes = await readFile(await download.path());
  return { name: download.suggestedFilename(), bytes, files: unzipSync(bytes) };
}

test('exports carry proof, and a head comes back and answers the same', async ({
  page,
  browser,
}) => {
  test.slow();
  const studio = await trainedStudio(page);
  const photo = patternPhoto('dots', 800);
  const seen = await studio.tryPhoto(photo);
  const before = await exactAnswers(studio);
  await setThresholds(studio, { stripes: '77' });
  const room = await openExportView(studio);
  expect(await violationsOn(page, 'export view', '[aria-label="Export the model"]')).toEqual([]);

  const tfjs = await exportAs(page, room, 'TensorFlow.js');
  expect(Object.keys(tfjs.files)).toEqual(
    expect.arrayContaining(['model.json', 'weights.bin', 'README.md', 'pipeline.json']),
  );
  if (hasPeers()) {
    const folder = await unpackHere(tfjs.files, 'tfjs');
    await expectSelfTestPage(browser, folder);
    await expectSelfTestInNode(folder);
  }
  const teachable = await exportAs(page, room, 'Teachable Machine');
  const metadata = JSON.parse(new TextDecoder().decode(teachable.files['metadata.json'])) as Record<
    string,
    unknown
  >;
  expect(metadata['labels']).toEqual(['dots', 'stripes']);
  const head = await exportAs(page, room, 'Headstart head');
  expect(head.bytes.length).toBeLessThan(1_500_000);
  await exportAs(page, room, 'ONNX');
  await expect(room.getByRole('status', { name: 'Comparison of ONNX' })).toContainText(
    'Read and run by ONNX Runtime, from the finished file.',
  );
  const python = await exportAs(page, room, 'Python (Keras)');
  const photos = Object.keys(python.files).filter((name) => name.startsWith('data/'));
  expect(photos).toHaveLength(32);

  const other = new StudioPage(await (await browser.newContext()).newPage());
  await other.page.goto(page.url());
  await other.ready();
  const otherRoom = await openModelIn(other, head);
  await expect(otherRoom.getByRole('status', { name: 'Result of opening a model' })).toContainText(
    'is open',
  );
  await other.openView('Train');
  expect(await other.tryPhoto(photo)).toEqual(seen);
  expect(await exactAnswers(other)).toEqual(before);
  await other.tryIt.getByRole('button', { name: /^When a class is said.*1 set$/ }).click();
  await expect(thresholdField(other, 'stripes')).toHaveValue('77');

  await other.openView('Export');
  await expectOnnxWithoutRuntime(other, otherRoom);
  await goOnWithNewClass(other, otherRoom);
  await other.page.context().close();
});

/** As without a network: the runtime is too large to be kept for that. */
async function expectOnnxWithoutRuntime({ page }: StudioPage, room: Locator): Promise<void> {
  await page.context().route('**/ort-wasm-*', (route) => route.abort());
  await room.getByRole('button', { name: 'Prepare ONNX', exact: true }).click();
  await expect(room.getByRole('status', { name: 'Comparison of ONNX' })).toContainText(
    'ONNX Runtime could not be loaded, so Headstart read the file itself; on 4 pictures',
    { timeout: 60_000 },
  );
}

/** Given where photos are given, into an empty project: it is not taken for photos. */
async function openModelIn(studio: StudioPage, head: Exported): Promise<Locator> {
  const { page } = studio;
  await page.getByTestId('photo-input').setInputFiles({
    name: head.name,
    mimeType: 'application/zip',
    buffer: head.bytes,
  });
  await expect(page.getByText(`${head.name} is a model, not photos.`)).toBeVisible();
  const room = page.getByRole('region', { name: 'Export the model' });
  await expect(room.getByText('Headstart head', { exact: false }).first()).toBeVisible();
  await expect(room.getByText('1 class has a threshold of its own.')).toBeVisible();
  await room.getByRole('button', { name: 'Open this model' }).click();
  return room;
}

async function goOnWithNewClass(studio: StudioPage, room: Locator): Promise<void> {
  await studio.addLoosePhotos([patternPhoto('stripes', 700)]);
  await studio.addPhotos('dots', patternPhotos('dots', 6, 600));
  await studio.settled();
  await room.getByRole('button', { name: 'Go on training from this head' }).click();
  const result = room.getByRole('status', { name: 'Old classes before and after' });
  await expect(result).toContainText('Photos of the old classes: ', { timeout: 60_000 });
  await expect(result).toContainText('No photos of stripes are here');
}

test('the web page opens from disk, without a network, and answers the same', async ({
  page,
  browser,
}) => {
  test.slow();
  const studio = await trainedStudio(page);
  const photo = patternPhoto('stripes', 810);
  await studio.tryPhoto(photo);
  const seen = await exactAnswers(studio);
  const doubtful = halfAndHalfPhoto(811);
  const said = await saidOfDoubtful(studio, doubtful);
  const room = await openExportView(studio);
  const exported = await exportAs(page, room, 'Web page');
  const folder = await unpack(exported);
  try {
    const context = await browser.newContext({ offline: true });
    const alone = await context.newPage();
    const requests: string[] = [];
    alone.on('request', (request) => requests.push(request.url()));
    await alone.goto(pathToFileURL(join(folder, 'model.html')).href);
    const check = alone.locator('#check');
    await expect(check).toHaveAttribute('data-state', 'right', { timeout: 60_000 });
    expect(Number(await check.getAttribute('data-difference'))).toBeLessThanOrEqual(TOLERANCE);
    await alone.locator('#file').setInputFiles({ ...photo });
    await expect(alone.locator('#answer')).toHaveText('stripes');
    const rows = alone.locator('#bars li');
    for (const row of await rows.all()) {
      const name = await row.locator('span').first().innerText();
      const probability = Number(await row.getAttribute('data-probability'));
      expect(Math.abs(probability - (seen[name] ?? NaN))).toBeLessThanOrEqual(TOLERANCE);
    }
    await alone.locator('#file').setInputFiles({ ...doubtful });
    await expect(alone.locator('#answer')).toHaveText('Not sure');
    await expect(alone.locator('#why')).toHaveText(
      /^Perhaps (dots|stripes), .*needs to be said\.$/,
    );
    expect(said.split(',')[0]).toBe((await alone.locator('#why').innerText()).split(',')[0]);
    expect(await violationsOn(alone, 'exported page', 'main')).toEqual([]);
    expect(requests.filter((url) => /^https?:/.test(url))).toEqual([]);
    await context.close();
    await expectLibrary(browser, folder, photo, seen);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

function thresholdField({ tryIt }: StudioPage, className: string): Locator {
  return tryIt.getByRole('textbox', { name: `${className} from, as a number` });
}

/** In percent. */
async function setThresholds(
  studio: StudioPage,
  thresholds: Readonly<Record<string, string>>,
): Promise<void> {
  await studio.tryIt.getByRole('button', { name: 'When a class is said' }).click();
  for (const [className, percent] of Object.entries(thresholds)) {
    const field = thresholdField(studio, className);
    await field.fill(percent);
    await field.press('Enter');
  }
}

/** With a threshold that only the sure photo reaches; gives the line under "Not sure". */
async function saidOfDoubtful(studio: StudioPage, photo: PhotoFile): Promise<string> {
  const { tryIt } = studio;
  await setThresholds(studio, { dots: '95', stripes: '95' });
  await studio.tryPhoto(photo);
  await expect(tryIt.getByText('Not sure', { exact: true })).toBeVisible();
  return tryIt.getByText(/^Perhaps .*: less than this class needs to be said/).innerText();
}

/** The module for other sites, with the exported page as its model, on a page of its own. */
async function expectLibrary(
  browser: Browser,
  folder: string,
  photo: PhotoFile,
  seen: Readonly<Record<string, number>>,
): Promise<void> {
  writeLibrary(await buildLibrary(), folder);
  await writeFile(join(folder, 'own.html'), '<!doctype html><title>Own site</title>');
  const server = await startStaticServer({ root: folder });
  const context = await browser.newContext({ serviceWorkers: 'block', bypassCSP: true });
  try {
    const page = await context.newPage();
    await page.goto(`${server.url}own.html`);
    await page.addScriptTag({
      type: 'module',
      content: `import * as library from './headstart-predict.js'; globalThis.library = library;`,
    });
    await page.waitForFunction(() => 'library' in globalThis);
    const got = await page.evaluate(async (base64) => {
      const { openModel } = (globalThis as unknown as { library: typeof Library }).library;
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const model = await openModel('./model.html');
      const { classes } = await model.predict(new Blob([bytes], { type: 'image/png' }));
      const refusal = await openModel('./own.html').then(
        () => '',
        (error: unknown) => String(error),
      );
      return { classes, refusal, self: await model.checkSelf(), backend: model.backend };
    }, photo.buffer.toString('base64'));
    expect(got.self.isEqual).toBe(true);
    expect(got.backend).toBe('wasm');
    expect(got.refusal).toContain('no page exported by Headstart');
    expect(got.classes[0]?.name).toBe('stripes');
    for (const { name, probability } of got.classes) {
      expect(Math.abs(probability - (seen[name] ?? NaN))).toBeLessThanOrEqual(TOLERANCE);
    }
  } finally {
    await context.close();
    await server.close();
  }
}

async function unpack({ files }: Exported): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'headstart-export-'));
  for (const [name, bytes] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
  }
  return folder;
}

test('what is no model is refused in a sentence, and without a model the view says why', async ({
  page,
}) => {
  const studio = new StudioPage(page);
  await studio.open();
  await studio.addLoosePhotos(patternPhotos('dots', 3));
  await studio.settled();
  const room = await openExportView(studio);
  await expect(room).toContainText('There is no model yet');
  await expect(room.getByRole('button', { name: 'Prepare TensorFlow.js' })).toBeDisabled();
  await room.locator('input[type=file]').setInputFiles({
    name: 'model.json',
    mimeType: 'application/json',
    buffer: Buffer.from('{"modelTopology":{"node":[]}}'),
  });
  await expect(room.getByRole('alert')).toContainText('graph model');
  await expect(room.getByRole('alert')).toContainText('Nothing in your project has changed');
});
