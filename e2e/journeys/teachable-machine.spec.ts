/**
 * Teachable Machine both ways, with its own library: our export in `@teachablemachine/image`, and its
 * exports in Headstart.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { expect, test } from '../fixtures/app.ts';
import { exactAnswers } from '../fixtures/exact-answers.ts';
import { patternPhoto, patternPhotos } from '../fixtures/generated-photos.ts';
import { photoFolders } from '../fixtures/photo-folders.ts';
import { hasPeers, NO_PEERS, PEER_CACHE } from '../fixtures/peer-clients.ts';
import { SHARED } from '../fixtures/shared-data.ts';
import { StudioPage } from '../pages/studio-page.ts';

const HAS_TM = existsSync(join(SHARED, 'tm', 'shapes-3', 'expected.json'));

type Files = Readonly<Record<string, Uint8Array>>;

async function exportTeachable(studio: StudioPage): Promise<Files> {
  await studio.openView('Export');
  const room = studio.page.getByRole('region', { name: 'Export the model' });
  await room.getByRole('button', { name: 'Prepare Teachable Machine' }).click();
  const proof = room.getByRole('status', { name: 'Comparison of Teachable Machine' });
  await expect(proof).toContainText('Same answers', { timeout: 60_000 });
  const [download] = await Promise.all([
    studio.page.waitForEvent('download'),
    room.getByRole('button', { name: 'Download Teachable Machine' }).click(),
  ]);
  return unzipSync(await readFile(await download.path()));
}

/** What `@teachablemachine/image` says about PNGs of the model's own size: [picture][class]. */
async function askClient(
  page: Page,
  files: Files,
  pictures: readonly Uint8Array[],
): Promise<readonly (readonly number[])[]> {
  await page.goto('about:blank');
  await page.addScriptTag({ path: join(PEER_CACHE, 'tfjs-1.3.1', 'dist', 'tf.min.js') });
  await page.addScriptTag({
    path: join(PEER_CACHE, 'tm-image', 'dist', 'teachablemachine-image.min.js'),
  });
  const base64 = (bytes: Uint8Array | undefined): string =>
    Buffer.from(bytes ?? new Uint8Array()).toString('base64');
  return page.evaluate(
    async ({ model, weights, metadata, images }) => {
      interface Client {
        readonly tf: { setBackend(name: string): unknown; ready(): Promise<void> };
        readonly tmImage: {
          loadFromFiles(
            model: File,
            weights: File,
            metadata: File,
          ): Promise<{
            predict(image: HTMLCanvasElement): Promise<readonly { probability: number }[]>;
          }>;
        };
      }
      const { tf, tmImage } = globalThis as unknown as Client;
      tf.setBackend('cpu');
      await tf.ready();
      const file = (text: string, name: string): File =>
        new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name);
      const loaded = await tmImage.loadFromFiles(
        file(model, 'model.json'),
        file(weights, 'weights.bin'),
        file(metadata, 'metadata.json'),
      );
      const results: number[][] = [];
      for (const image of images) {
        const picture = new Image();
        picture.src = `data:image/png;base64,${image}`;
        await picture.decode();
        const canvas = document.createElement('canvas');
        canvas.width = picture.width;
        canvas.height = picture.height;
        canvas.getContext('2d')?.drawImage(picture, 0, 0);
        results.push((await loaded.predict(canvas)).map(({ probability }) => probability));
      }
      return results;
    },
    {
      model: base64(files['model.json']),
      weights: base64(files['weights.bin']),
      metadata: base64(files['metadata.json']),
      images: pictures.map(base64),
    },
  );
}

interface Golden {
  readonly pictures: readonly {
    readonly file: string;
    readonly probabilities: readonly number[];
  }[];
}

async function expectGolden(page: Page, files: Files): Promise<void> {
  const text = new TextDecoder().decode(files['golden/golden.json']);
  const { pictures } = JSON.parse(text) as Golden;
  const images = pictures.map(({ file }) => files[`golden/${file}`] ?? new Uint8Array());
  const answers = await askClient(page, files, images);
  pictures.forEach(({ probabilities }, i) => {
    probabilities.forEach((wanted, c) => {
      expect(Math.abs((answers[i]?.[c] ?? NaN) - wanted)).toBeLessThanOrEqual(1e-4);
    });
  });
}

async function withoutSaveDialog(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'showSaveFilePicker');
  });
}

test('the library of Teachable Machine opens our export and answers as the screen does', async ({
  page,
  browser,
}) => {
  test.slow();
  test.skip(!hasPeers(), NO_PEERS);
  await withoutSaveDialog(page);
  const studio = new StudioPage(page);
  await studio.open();
  const folder = await photoFolders({
    stripes: patternPhotos('stripes', 12),
    dots: patternPhotos('dots', 12),
  });
  await studio.addFolders(folder);
  await studio.setNumber('Epochs', 20);
  await studio.train();
  const files = await exportTeachable(studio);
  const client = await (await browser.newContext()).newPage();
  await expectGolden(client, files);
  await client.context().close();
});

interface Expected {
  readonly labels: readonly string[];
  readonly samples: readonly { readonly png: string; readonly tm: readonly number[] }[];
}

async function openModel(studio: StudioPage, folder: string): Promise<Locator> {
  await studio.openView('Export');
  const room = studio.page.getByRole('region', { name: 'Export the model' });
  await room
    .locator('input[type=file]')
    .setInputFiles(
      ['model.json', 'weights.bin', 'metadata.json'].map((name) => join(folder, name)),
    );
  await room.getByRole('button', { name: 'Open this model' }).click({ timeout: 30_000 });
  const result = room.getByRole('status', { name: 'Result of opening a model' });
  await expect(result).toContainText('is open', { timeout: 60_000 });
  return room;
}

test('a real export of Teachable Machine answers here as it does there, and leaves again', async ({
  page,
  browser,
}) => {
  test.slow();
  test.skip(!HAS_TM, 'needs the Teachable Machine exports beside the repository (../shared/tm)');
  await withoutSaveDialog(page);
  const studio = new StudioPage(page);
  await studio.open();
  await studio.addLoosePhotos([patternPhoto('dots', 1)]);
  await studio.settled();
  const folder = join(SHARED, 'tm', 'shapes-3');
  await openModel(studio, folder);
  const expected = JSON.parse(await readFile(join(folder, 'expected.json'), 'utf8')) as Expected;
  await studio.openView('Train');
  const samples = expected.samples.slice(0, 3);
  for (const { png, tm } of samples) {
    await studio.tryPhoto(join(SHARED, png));
    const answers = await exactAnswers(studio);
    expected.labels.forEach((label, c) => {
      expect(Math.abs((answers[label] ?? NaN) - (tm[c] ?? NaN))).toBeLessThan(1e-3);
    });
  }
  if (!hasPeers()) return;
  const files = await exportTeachable(studio);
  const client = await (await browser.newContext()).newPage();
  await expectGolden(client, files);
  const pictures = await Promise.all(
    samples.map(async ({ png }) => new Uint8Array(await readFile(join(SHARED, png)))),
  );
  const answers = await askClient(client, files, pictures);
  samples.forEach(({ tm }, i) => {
    tm.forEach((wanted, c) => {
      expect(Math.abs((answers[i]?.[c] ?? NaN) - wanted)).toBeLessThan(1e-3);
    });
  });
  await client.context().close();
});
