import { afterEach, describe, expect, it, vi } from 'vitest';
import { augmentationCode, augmentationOf } from '../domain/augmentation.ts';
import { embeddingKey } from '../domain/embedding-key.ts';
import { createRandom } from '../domain/random.ts';
import { fakePhotoFile } from '../testing/fake-intake.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { boot } from './boot.ts';
import { collectTrainingRows, withCopies } from './services/training-rows.ts';
import type { IncomingFile } from './store-types.ts';

const opened: TestApp[] = [];

async function withPhotos(perClass = 12): Promise<TestApp> {
  const app = await createTestApp();
  opened.push(app);
  await boot(app, { requestedBackend: 'wasm' });
  const files = ['ants', 'bees'].flatMap((look) =>
    Array.from({ length: perClass }, (_, i): IncomingFile => ({
      file: fakePhotoFile(look, i),
      name: `${look}-${String(i)}.jpg`,
      folder: look,
    })),
  );
  await app.store.getState().addFiles(files, { kind: 'by-folder', loose: null }, 'folder');
  await app.tools.embedder.ensure();
  return app;
}

const state = (app: TestApp) => app.store.getState();
const loaded = (app: TestApp) => {
  const data = app.engine.control.loadedData;
  if (data === null) throw new Error('nothing was handed to the trainer');
  return data;
};

afterEach(() => {
  for (const app of opened.splice(0)) app.services.storage.close();
});

describe('training on augmented copies', () => {
  it('hands over what it always did when there are no copies', async () => {
    const app = await withPhotos();
    await state(app).train();
    const rows = collectTrainingRows(state(app).classes, state(app).photos);
    const { embeddings, count, labels, trainRows, validationRows } = loaded(app);
    expect(count).toBe(rows.photos.length);
    expect(embeddings).toEqual(await app.tools.embedder.read(rows.photos));
    expect(labels).toEqual(rows.labels);
    expect(trainRows).toEqual(rows.trainRows);
    expect(validationRows).toEqual(rows.validationRows);
    expect(app.engine.control.count('augmentedPixels')).toBe(0);
  });

  it('adds copies to the training side alone, with the labels of their photos', async () => {
    const app = await withPhotos();
    state(app).setHyperparameter('augmentCopies', 3);
    await state(app).train();
    const rows = collectTrainingRows(state(app).classes, state(app).photos);
    const data = loaded(app);
    const photos = rows.photos.length;
    expect(data.count).toBe(photos + 3 * rows.trainRows.length);
    // Validation: the photos themselves, embedded from the photos themselves.
    expect(data.validationRows).toEqual(rows.validationRows);
    const plain = await app.tools.embedder.read(rows.photos);
    expect(data.embeddings.slice(0, plain.length)).toEqual(plain);
    expect([...data.validationRows].every((row) => row < photos)).toBe(true);
    expect(new Set(data.trainRows).size).toBe(4 * rows.trainRows.length);
    data.trainRows.slice(rows.trainRows.length).forEach((row, i) => {
      const origin = rows.trainRows[Math.floor(i / 3)] ?? -1;
      expect(data.labels[row]).toBe(rows.labels[origin]);
    });
    // A run remembers photos, not copies.
    expect(state(app).currentRun?.trainIds).toHaveLength(rows.trainRows.length);
    expect(state(app).currentRun?.hyperparameters.augmentCopies).toBe(3);
  });

  it('embeds each copy once: more copies cost the difference, fewer nothing', async () => {
    const app = await withPhotos();
    const training = [...state(app).photos.values()].filter(({ side }) => side === 'train').length;
    const missing = async () => (await state(app).augmentationCost()).missing;
    state(app).setHyperparameter('augmentCopies', 2);
    expect(await missing()).toBe(2 * training);
    await state(app).train();
    expect(await missing()).toBe(0);
    expect(state(app).augmentation.msPerCopy).toBeGreaterThan(0);
    state(app).setHyperparameter('augmentCopies', 4);
    expect(await missing()).toBe(2 * training);
    expect((await state(app).augmentationCost()).estimatedMs).toBeGreaterThan(0);
    await state(app).train();
    const calls = app.engine.control.count('augmentedPixels');
    state(app).setHyperparameter('augmentCopies', 1);
    expect(await missing()).toBe(0);
    await state(app).train();
    expect(app.engine.control.count('augmentedPixels')).toBe(calls);
    state(app).setHyperparameter('augmentBlur', true);
    expect(await missing()).toBe(training);
  });

  it('can be stopped while copies are embedded; what is done is kept', async () => {
    const app = await withPhotos(30);
    state(app).setHyperparameter('augmentCopies', 8);
    const before = (await state(app).augmentationCost()).missing;
    const release = app.engine.control.hold('embed');
    const running = state(app).train();
    await vi.waitFor(() => expect(state(app).augmentation.progress).not.toBeNull());
    expect(state(app).training.status).toBe('preparing');
    // At the first copy that is done, however fast the others would follow.
    const forget = app.store.subscribe(({ augmentation }) => {
      if ((augmentation.progress?.done ?? 0) > 0) state(app).stopTraining();
    });
    release();
    await running;
    forget();
    expect(state(app).training.status).toBe('idle');
    expect(state(app).augmentation.progress).toBeNull();
    const after = (await state(app).augmentationCost()).missing;
    expect(after).toBeLessThan(before);
    await state(app).train();
    expect(state(app).training.status).toBe('finished');
  });

  it('copies go with their photos', async () => {
    const app = await withPhotos();
    state(app).setHyperparameter('augmentCopies', 2);
    await state(app).train();
    const photo = [...state(app).photos.values()].find(({ side }) => side === 'train');
    if (photo === undefined) throw new Error('no training photo');
    const { source } = app.tools.embedder;
    if (source === null) throw new Error('no backbone');
    const { imageHash } = photo;
    const code = augmentationCode(augmentationOf(state(app).hyperparameters).kinds);
    const keys = [0, 1].map((index) =>
      embeddingKey({ ...source, imageHash, fit: 'crop', copy: { code, index } }),
    );
    expect((await app.services.storage.haveEmbeddings(keys)).size).toBe(2);
    state(app).removePhotos([photo.id]);
    // The next visit: nothing can be undone any more.
    await vi.waitFor(async () => {
      expect(await app.services.storage.listPhotos(state(app).projectId)).toHaveLength(23);
    });
    const later = await createTestApp(app.databaseName);
    opened.push(later);
    await later.services.storage.collectGarbage();
    expect((await later.services.storage.haveEmbeddings(keys)).size).toBe(0);
    expect((await state(app).augmentationCost()).missing).toBe(0);
  });

  it('gives a preview, and measures with it', async () => {
    const app = await withPhotos();
    state(app).setHyperparameter('augmentCopies', 3);
    expect((await state(app).augmentationCost()).estimatedMs).toBeNull();
    const preview = await state(app).previewAugmentation(null);
    expect(preview?.copies).toHaveLength(3);
    const size = preview?.size ?? 0;
    expect(preview?.copies[0]).toHaveLength(size * size * 3);
    expect((await state(app).augmentationCost()).estimatedMs).toBeGreaterThan(0);
  });

  it('is not started by a slider while settings retrain at once', async () => {
    const app = await withPhotos();
    await state(app).train();
    state(app).setLiveRetrain(true);
    state(app).setHyperparameter('augmentCopies', 2);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(app.engine.control.count('train')).toBe(1);
    await state(app).train();
    // The copies are there now: other settings train at once again.
    state(app).setHyperparameter('epochs', 7);
    await vi.waitFor(() => expect(app.engine.control.count('train')).toBe(3), { timeout: 15_000 });
  });
});

describe('withCopies', () => {
  it('never puts a copy on the validation side, whatever the split', () => {
    const random = createRandom(4);
    for (let round = 0; round < 50; round++) {
      const n = 2 + random.int(20);
      const order = random.shuffle(Array.from({ length: n }, (_, i) => i));
      const cut = 1 + random.int(n - 1);
      const rows = {
        photos: order.map(() => ({}) as never),
        labels: Int32Array.from(order, () => random.int(3)),
        trainRows: Int32Array.from(order.slice(0, cut)),
        validationRows: Int32Array.from(order.slice(cut)),
        classes: [],
        fingerprint: '',
        photosFingerprint: '',
      };
      const copies = random.int(5);
      const result = withCopies(rows, copies);
      expect(result.validationRows).toEqual(rows.validationRows);
      expect(result.trainRows).toHaveLength(cut * (1 + copies));
      expect(result.count).toBe(n + cut * copies);
      const validation = new Set(result.validationRows);
      expect([...result.trainRows].some((row) => validation.has(row))).toBe(false);
    }
  });
});
