import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakePhotoFile } from '../testing/fake-intake.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { boot } from './boot.ts';
import type { IncomingFile } from './store-types.ts';

const opened: TestApp[] = [];

afterEach(() => {
  for (const app of opened.splice(0)) app.services.storage.close();
});

/** `wrong` photos of ants lie in the folder of bees. */
async function trained(wrong: number): Promise<TestApp> {
  const app = await createTestApp();
  opened.push(app);
  await boot(app, { requestedBackend: 'wasm' });
  const files = ['ants', 'bees'].flatMap((look) =>
    Array.from({ length: 20 }, (_, i): IncomingFile => ({
      file: fakePhotoFile(look, i),
      name: `${look}-${String(i)}.jpg`,
      folder: look === 'ants' && i < wrong ? 'bees' : look,
    })),
  );
  await app.store.getState().addFiles(files, { kind: 'by-folder', loose: null }, 'folder');
  await app.tools.embedder.ensure();
  // Sure answers from the start: what the fake head says grows sharper with the rate.
  app.store.getState().setHyperparameter('learningRate', 10);
  await app.store.getState().train();
  return app;
}

const signals = (app: TestApp) => app.store.getState().runSignals;

describe('signals of the run on screen', () => {
  it('name training photos that lie in the wrong class', async () => {
    const app = await trained(4);
    await vi.waitFor(() => expect(signals(app)).not.toBeNull(), { timeout: 15_000 });
    const { photos, currentRun } = app.store.getState();
    expect(signals(app)?.runId).toBe(currentRun?.id);
    const bees = currentRun?.classes.find(({ name }) => name === 'bees')?.id;
    const wrong = [...photos.values()]
      .filter(
        ({ name, classId, side }) => /^ants/.test(name) && classId === bees && side === 'train',
      )
      .map(({ id }) => id);
    expect(wrong.length).toBeGreaterThan(0);
    expect([...(signals(app)?.disputedIds ?? [])].sort()).toEqual(wrong.sort());
  });

  it('count validation photos whose near-duplicate was pinned to training', async () => {
    const app = await trained(0);
    await vi.waitFor(() => expect(signals(app)).not.toBeNull(), { timeout: 15_000 });
    expect(signals(app)?.disputedIds).toEqual([]);
    expect(signals(app)?.leakedIds).toEqual([]);
    const { photos, currentRun } = app.store.getState();
    const [trainId = ''] = currentRun?.trainIds ?? [];
    const [validationId = ''] = currentRun?.validationIds ?? [];
    const groupId = photos.get(trainId)?.groupId ?? '';
    const photo = photos.get(validationId);
    if (photo === undefined) throw new Error('no validation photo');
    app.store.setState({ photos: new Map(photos).set(validationId, { ...photo, groupId }) });
    await vi.waitFor(() => expect(signals(app)?.leakedIds).toEqual([validationId]), {
      timeout: 15_000,
    });
  });
});
