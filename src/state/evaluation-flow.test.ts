import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakePhotoFile } from '../testing/fake-intake.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { boot } from './boot.ts';
import { evaluationKey } from './services/judging-rows.ts';
import type { IncomingFile } from './store-types.ts';

const opened: TestApp[] = [];

async function start(databaseName?: string): Promise<TestApp> {
  const app = await createTestApp(databaseName);
  opened.push(app);
  await boot(app, { requestedBackend: 'wasm' });
  return app;
}

function files(look: string, count: number, from = 0): IncomingFile[] {
  return Array.from({ length: count }, (_, i) => ({
    file: fakePhotoFile(look, from + i),
    name: `${look}-${String(from + i)}.jpg`,
    folder: look,
  }));
}

async function add(app: TestApp, photos: readonly IncomingFile[]): Promise<void> {
  await app.store.getState().addFiles(photos, { kind: 'by-folder', loose: null }, 'folder');
  await app.tools.embedder.ensure();
}

async function trained(count = 24): Promise<TestApp> {
  const app = await start();
  await add(app, [...files('ants', count), ...files('bees', count)]);
  await app.store.getState().train();
  await vi.waitFor(() => expect(app.store.getState().lab.validation).toBe('ready'), 15_000);
  return app;
}

const state = (app: TestApp) => app.store.getState();

afterEach(() => {
  for (const app of opened.splice(0)) app.services.storage.close();
});

describe('judging by the validation photos', () => {
  it('agrees with the run about the same photos and says what it was judged for', async () => {
    const app = await trained();
    await state(app).evaluate('validation');
    const { result, problem } = state(app).evaluation.validation;
    expect(problem).toBeNull();
    const run = state(app).currentRun;
    const judged = result?.evaluation.rows.map(({ row }) => result.photoIds[row]) ?? [];
    expect(new Set(judged)).toEqual(new Set(run?.validationIds));
    const answers = app.tools.timeline.answers(state(app).lab.ruleEpoch ?? 0);
    expect(result?.evaluation.scorecard.hits).toBe(answers?.hits);
    expect(result?.evaluation.calibration.temperature).toBe(
      app.tools.timeline.temperature(state(app).lab.ruleEpoch ?? 0),
    );
    expect(result?.key).toBe(evaluationKey(state(app), state(app).lab.ruleEpoch));
    expect(state(app).abstention.suggested?.runId).toBe(run?.id);
  });

  it('never judges by a photo that was learned from, wherever it is now', async () => {
    const app = await trained();
    const moved = state(app).currentRun?.trainIds[0] ?? '';
    state(app).pinPhotos([moved], 'validation');
    await state(app).evaluate('validation');
    const { result } = state(app).evaluation.validation;
    expect(result?.evaluation.rows.map(({ row }) => result.photoIds[row])).not.toContain(moved);
  });

  it('explains a model of other classes', async () => {
    const app = await trained();
    await add(app, files('wasps', 6));
    await state(app).evaluate('validation');
    expect(state(app).evaluation.validation).toMatchObject({
      result: null,
      problem: { code: 'other-classes', names: ['wasps'] },
    });
  });

  it('explains a missing model and a worker that died, and goes on afterwards', async () => {
    const untrained = await start();
    await state(untrained).evaluate('validation');
    expect(state(untrained).evaluation.validation.problem).toEqual({ code: 'no-run' });

    const app = await trained();
    app.engine.control.failNext('evaluate', 'worker-died');
    await state(app).evaluate('validation');
    expect(state(app).evaluation.validation.problem).toEqual({
      code: 'failed',
      errorCode: 'worker-died',
    });
    await state(app).evaluate('validation');
    expect(state(app).evaluation.validation.result).not.toBeNull();
  });
});

describe('judging by the test photos', () => {
  it('has none at first, refuses those that were learned from, and counts its looks', async () => {
    const app = await trained(30);
    await state(app).evaluate('test');
    expect(state(app).evaluation.test.problem).toEqual({ code: 'no-photos' });

    state(app).setTestShare(0.2);
    const sides = [...state(app).photos.values()].map((photo) => photo.side);
    expect(sides.filter((side) => side === 'test').length).toBeGreaterThan(6);
    await state(app).evaluate('test');
    expect(state(app).evaluation.test.problem).toEqual({ code: 'photos-were-used' });

    for (const uses of [1, 2]) {
      await state(app).train();
      await state(app).evaluate('test');
      await state(app).evaluate('test');
      const { result } = state(app).evaluation.test;
      expect(result?.testUses).toBe(uses);
      const run = state(app).currentRun;
      const used = new Set([...(run?.trainIds ?? []), ...(run?.validationIds ?? [])]);
      const judged = result?.evaluation.rows.map(({ row }) => result.photoIds[row] ?? '') ?? [];
      expect(judged.length).toBeGreaterThan(6);
      expect(judged.some((id) => used.has(id))).toBe(false);
    }
  });

  it('comes back to the former sides when it is switched off again', async () => {
    const app = await trained(30);
    const before = new Map([...state(app).photos].map(([id, { side }]) => [id, side]));
    state(app).setTestShare(0.25);
    state(app).setTestShare(0);
    expect(new Map([...state(app).photos].map(([id, { side }]) => [id, side]))).toEqual(before);
  });
});

describe('judging by all photos in turn', () => {
  it('judges every photo once, and can be cancelled', async () => {
    const app = await trained();
    await state(app).evaluate('folds');
    const { result } = state(app).evaluation.folds;
    expect(result?.evaluation.rows).toHaveLength(state(app).photos.size);

    const release = app.engine.control.hold('evaluate');
    const again = state(app).evaluate('folds');
    await vi.waitFor(() => expect(state(app).evaluation.folds.progress).not.toBeNull());
    state(app).cancelEvaluation('folds');
    await again;
    release();
    expect(state(app).evaluation.folds).toMatchObject({ progress: null, problem: null });
    expect(state(app).evaluation.folds.result).toBe(result);
  });
});

describe('the temperature', () => {
  it('is stored with the run and applied to every prediction', async () => {
    const app = await trained();
    const run = state(app).currentRun;
    expect(run?.calibration).toMatchObject({ epoch: state(app).lab.ruleEpoch });
    const stored = (await app.services.storage.listRuns(state(app).projectId))[0];
    await vi.waitFor(async () => {
      const [kept] = await app.services.storage.listRuns(state(app).projectId);
      expect(kept?.calibration).toEqual(run?.calibration);
    });
    expect(stored?.id).toBe(run?.id);
    await state(app).predictFile(fakePhotoFile('ants', 99), 'new.jpg');
    const { prediction } = state(app);
    const temperature = run?.calibration?.temperature ?? NaN;
    expect(app.tools.timeline.temperature(prediction?.epoch ?? 0)).toBe(temperature);
    const [first = 0, second = 0] = prediction?.probabilities ?? [];
    // Two classes: the log odds are the difference of the logits divided by the temperature.
    const raw = await rawLogOdds(app, 'ants', 99);
    expect(Math.log(first / second)).toBeCloseTo(raw / temperature, 2);
  });
});

async function rawLogOdds(app: TestApp, look: string, index: number): Promise<number> {
  const { headLogits } = await import('../domain/head-forward.ts');
  const prepared = await app.engine.preparePhoto(fakePhotoFile(look, index), 480);
  if (prepared.kind === 'refused') throw new Error('refused');
  const pixels = await app.engine.photoPixels(prepared.image, 16, state(app).fit);
  const embedding = await app.engine.embed(pixels, 1);
  const head = app.tools.timeline.headInUse()?.head;
  if (head === undefined) throw new Error('no head');
  const [first = 0, second = 0] = headLogits(head, embedding, 1);
  return first - second;
}

describe("saying I don't know", () => {
  it('withholds answers below the dial and of photos unlike all it learned from', async () => {
    const app = await trained();
    await state(app).evaluate('validation');
    await state(app).predictFile(fakePhotoFile('ants', 50), 'known.jpg');
    expect(state(app).prediction?.withheld).toBeNull();

    state(app).setAbstention({ isOn: true, confidenceFloor: 1.01, withDistance: false });
    expect(state(app).prediction?.withheld).toBe('unsure');
    state(app).setAbstention({ confidenceFloor: 0 });
    expect(state(app).prediction?.withheld).toBeNull();

    const { suggested } = state(app).abstention;
    if (suggested === null) throw new Error('nothing suggested');
    app.store.setState({
      abstention: {
        ...state(app).abstention,
        withDistance: true,
        suggested: { ...suggested, strangenessLimit: -1 },
      },
    });
    state(app).answerAgain();
    await vi.waitFor(() => expect(state(app).prediction?.withheld).toBe('unfamiliar'));
    state(app).setAbstention({ isOn: false });
    expect(state(app).prediction?.withheld).toBeNull();
  });
});
