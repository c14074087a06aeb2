import { afterEach, describe, expect, it } from 'vitest';
import { headLogits, headProbabilities } from '../domain/head-forward.ts';
import { fakePhotoFile } from '../testing/fake-intake.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { boot } from './boot.ts';
import { checkOcclusion } from './services/occlusion-check.ts';
import type { IncomingFile } from './store-types.ts';

const opened: TestApp[] = [];

function files(look: string, count: number): IncomingFile[] {
  return Array.from({ length: count }, (_, i) => ({
    file: fakePhotoFile(look, i),
    name: `${look}-${String(i)}.jpg`,
    folder: look,
  }));
}

async function startTrained(): Promise<TestApp> {
  const app = await createTestApp();
  opened.push(app);
  await boot(app, { requestedBackend: 'wasm' });
  await app.store
    .getState()
    .addFiles(
      [...files('ants', 12), ...files('bees', 12)],
      { kind: 'by-folder', loose: null },
      'folder',
    );
  await app.tools.embedder.ensure();
  await app.store.getState().train();
  return app;
}

afterEach(() => {
  for (const app of opened.splice(0)) app.services.storage.close();
});

describe('looking at why', () => {
  it('costs nothing while it is off', async () => {
    const app = await startTrained();
    await app.store.getState().predictFile(fakePhotoFile('ants', 900), 'a.jpg');
    expect(app.engine.control.count('explain')).toBe(0);
    expect(app.tools.closeLook.shown?.evidence).toBeUndefined();
    expect(app.store.getState().why.revision).toBe(0);
  });

  it('looks again at the photo on screen when it is switched on, and gives the same answer', async () => {
    const app = await startTrained();
    await app.store.getState().predictFile(fakePhotoFile('ants', 900), 'a.jpg');
    const before = app.tools.closeLook.shown;
    app.store.getState().setWhy({ isOn: true });
    await expect.poll(() => app.store.getState().why.revision).toBe(1);
    expect(app.engine.control.count('explain')).toBe(1);
    expect(app.tools.closeLook.shown?.embedding).toEqual(before?.embedding);
  });

  it('asks once for each photo: embedding and evidence come together', async () => {
    const app = await startTrained();
    app.store.getState().setWhy({ isOn: true });
    const embeds = app.engine.control.count('embed');
    await app.store.getState().predictFile(fakePhotoFile('bees', 901), 'b.jpg');
    expect(app.engine.control.count('explain')).toBe(1);
    expect(app.engine.control.count('embed')).toBe(embeds);
    const { prediction } = app.store.getState();
    expect(prediction?.probabilities).toHaveLength(2);
    // The fake's backbone has no places: that is a value, not an error.
    expect(app.tools.closeLook.shown?.evidence).toBeNull();
    app.store.getState().clearPrediction();
    expect(app.tools.closeLook.shown).toBeNull();
  });

  it('is as sure as the prediction: the same temperature', async () => {
    const app = await startTrained();
    app.tools.timeline.temperature = () => 3;
    await app.store.getState().predictFile(fakePhotoFile('ants', 900), 'a.jpg');
    const look = app.tools.closeLook.shown;
    if (look === null) throw new Error('nothing is shown');
    const sure = Math.max(...(app.store.getState().prediction?.probabilities ?? []));
    const untempered = Math.max(...headProbabilities(look.head, look.embedding, 1));
    expect(sure).toBeLessThan(untempered - 0.01);
    const { verdict } = await checkOcclusion(app.engine, look, () => undefined);
    expect(verdict.before.probability).toBeCloseTo(sure, 6);

    app.store.getState().setWhy({ isOn: true });
    app.tools.timeline.temperature = () => 1;
    app.store.getState().answerAgain();
    await expect.poll(() => app.tools.closeLook.shown?.temperature).toBe(1);
  });

  it('looks again with another epoch’s head', async () => {
    const app = await startTrained();
    app.store.getState().setWhy({ isOn: true });
    await app.store.getState().predictFile(fakePhotoFile('bees', 901), 'b.jpg');
    const { lab } = app.store.getState();
    const other = lab.keptEpochs.find((epoch) => epoch !== lab.ruleEpoch);
    if (other === undefined) throw new Error('the run kept one epoch alone');
    const before = app.tools.closeLook.shown?.head;
    app.store.getState().chooseEpoch(other);
    app.store.getState().answerAgain();
    await expect.poll(() => app.engine.control.count('explain')).toBe(2);
    await expect.poll(() => app.tools.closeLook.shown?.head !== before).toBe(true);
    const shown = app.tools.closeLook.shown;
    if (shown === null) throw new Error('nothing is shown');
    expect(headLogits(shown.head, shown.embedding, 1)).toHaveLength(2);
  });
});

describe('checkOcclusion', () => {
  it('tells its progress, ends with a verdict, and stops when cancelled', async () => {
    const app = await startTrained();
    await app.store.getState().predictFile(fakePhotoFile('ants', 900), 'a.jpg');
    const look = app.tools.closeLook.shown;
    if (look === null) throw new Error('nothing is shown');
    const shares: number[] = [];
    const result = await checkOcclusion(app.engine, look, (done, total) => {
      shares.push(done / total);
    });
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(result.map.values).toHaveLength(64);
    expect(result.verdict.before.probability).toBeGreaterThan(0.5);
    const abort = new AbortController();
    const cancelled = checkOcclusion(app.engine, look, () => abort.abort(), abort.signal);
    await expect(cancelled).rejects.toMatchObject({ code: 'aborted' });
  });
});
