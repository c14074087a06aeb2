/**
 * The main job on real photos, with the server gone: three sets, three backbones. Prints how many
 * photos that were never part of the project are told right, and fails below a measured floor.
 */
import { rm } from 'node:fs/promises';
import { test as appTest, expect } from '../fixtures/app.ts';
import { startClock, stopClockAt } from '../fixtures/fixed-seed.ts';
import { photoFolders } from '../fixtures/photo-folders.ts';
import { shareOut, type PhotoSetPlan, type SharedOutPhotos } from '../fixtures/real-photo-sets.ts';
import { untilOfflineReady } from '../fixtures/service-worker.ts';
import { HAS_SHARED, NO_SHARED } from '../fixtures/shared-data.ts';
import {
  backboneName,
  HAS_SHARED_MODELS,
  makeModelOverlay,
  NO_SHARED_MODELS,
} from '../fixtures/shared-models.ts';
import { StudioPage } from '../pages/studio-page.ts';

/** One split of the photos brought in, the same each time: another one moves the result a lot. */
const SPLIT_SEED = 1;
const BUILT_IN = 'headstart-v2-050';
const BUILT_IN_NAME = 'Headstart MobileNetV2 (184 px)';
const SELF_HOSTED = ['mobilenet_v2_1.0_224', 'mobilenet_v2_0.35_224'] as const;

interface Floors {
  /** Per cent of the photos kept back that must be told right. */
  readonly [backbone: string]: number;
}

/**
 * Measured on photos never seen, per cent: one build with the split's seed below (in brackets what
 * other builds, seeds and draws of `shareOut` gave; not yet known of the built-in weights). A build
 * gives the same every time on wasm, but photos that arrive in other portions are shared out otherwise,
 * and so few leave a lot to luck.
 *
 *                      headstart-v2-050       mobilenet_v2_1.0_224   mobilenet_v2_0.35_224
 * ants-bees            83                     97 (87 to 97)          90 (90 to 97)
 * flowers              88                     83 (73 to 85)          80 (78 to 85)
 * rock-paper-scissors  81                     69 (61 to 78)          67 (67 to 75)
 *
 * The floors lie about three standard errors of so few photos under the mean.
 */
const SETS: readonly (PhotoSetPlan & { readonly floors: Floors })[] = [
  {
    set: 'ants-bees',
    bringIn: 40,
    keepBack: 15,
    floors: { [BUILT_IN]: 55, 'mobilenet_v2_1.0_224': 80, 'mobilenet_v2_0.35_224': 72 },
  },
  {
    set: 'flowers',
    bringIn: 30,
    keepBack: 8,
    floors: { [BUILT_IN]: 58, 'mobilenet_v2_1.0_224': 65, 'mobilenet_v2_0.35_224': 58 },
  },
  {
    set: 'rock-paper-scissors',
    bringIn: 40,
    keepBack: 12,
    floors: { [BUILT_IN]: 42, 'mobilenet_v2_1.0_224': 42, 'mobilenet_v2_0.35_224': 45 },
  },
];

const test = appTest.extend<object, { readonly overlays: readonly string[] }>({
  overlays: [
    async ({}, use) => {
      if (!HAS_SHARED_MODELS) {
        await use([]);
        return;
      }
      const folder = await makeModelOverlay(SELF_HOSTED);
      await use([folder]);
      await rm(folder, { recursive: true });
    },
    { scope: 'worker', timeout: 300_000 },
  ],
});

test.skip(!HAS_SHARED, NO_SHARED);

for (const plan of SETS) {
  test(`${plan.set} with every backbone, offline`, async ({
    page,
    context,
    ownServer,
    overlays,
    consoleWatch,
  }) => {
    test.setTimeout(600_000);
    const { origin } = new URL(ownServer.url);
    const elsewhere: string[] = [];
    context.on('request', (request) => {
      const url = request.url();
      if (!/^(?:blob|data):/.test(url) && new URL(url).origin !== origin) elsewhere.push(url);
    });
    const studio = new StudioPage(page);
    await stopClockAt(page, SPLIT_SEED);
    await page.goto(`${ownServer.url}?backend=wasm`);
    await studio.ready();
    await startClock(page);
    await untilOfflineReady(page);
    const others = HAS_SHARED_MODELS ? SELF_HOSTED : [];
    if (others.length === 0) console.log(NO_SHARED_MODELS);
    // Once used they are kept, and need no server any more.
    const names = new Map<string, string>();
    for (const backbone of others) {
      names.set(backbone, await backboneName(overlays[0] ?? '', backbone));
      await studio.useBackbone(backbone, names.get(backbone) ?? BUILT_IN_NAME);
    }
    await ownServer.kill();
    await expect(fetch(ownServer.url)).rejects.toThrow();
    consoleWatch.allow(/Failed to load resource.*ERR_(?:CONNECTION_REFUSED|FAILED)/);

    const photos = shareOut(plan);
    const started = Date.now();
    await studio.addFolders(await photoFolders(photos.bringIn));
    const classes = Object.keys(photos.bringIn).length;
    await studio.counts(classes, classes * plan.bringIn);
    console.log(`${plan.set}: photos in after ${String((Date.now() - started) / 1000)} s`);

    for (const backbone of [...others.toReversed(), BUILT_IN]) {
      // The last one taken into use comes first; every change embeds the same photos again.
      await studio.useBackbone(backbone, names.get(backbone) ?? BUILT_IN_NAME);
      await studio.settled();
      await studio.train();
      await studio.usesBackend('wasm');
      const validation = await studio.validationAccuracy();
      const percent = await shareToldRight(studio, photos.keptBack);
      console.log(
        `${plan.set}, ${backbone}: validation ${validation.toFixed(1)} %, never seen ` +
          `${percent.toFixed(1)} % of ${String(photos.keptBack.length)}`,
      );
      // 16 to 30 validation photos are too few to judge by; the photos kept back do that below.
      expect(validation).toBeGreaterThan(0);
      expect(percent).toBeGreaterThanOrEqual(plan.floors[backbone] ?? 0);
    }
    expect(elsewhere).toEqual([]);
  });
}

/** Shows the photos one by one and counts the right answers, in per cent. */
async function shareToldRight(
  studio: StudioPage,
  photos: SharedOutPhotos['keptBack'],
): Promise<number> {
  let right = 0;
  for (const { className, file } of photos) {
    if ((await studio.tryPhoto(file)).className === className) right += 1;
  }
  return (100 * right) / photos.length;
}
