import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakePhotoFile, fakePixels } from '../testing/fake-intake.ts';
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
    // Sums in another order differ in the last digits.
    expect(result?.evaluation.calibration.temperature).toBeCloseTo(
      app.tools.timeline.temperature(state(app).lab.ruleEpoch ?? 0),
      6,
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

describe('the backbone’s own class names', () => {
  const contenderOf = (app: TestApp) =>
    state(app).evaluation.validation.result?.evaluation.contenders.find(
      ({ id }) => id === 'zero-shot',
    );

  it('answer the same photos, by the classes whose names fit', async () => {
    const app = await trained();
    await state(app).evaluate('validation');
    const { result } = state(app).evaluation.validation;
    expect(result?.zeroShotAbsence).toBeNull();
    const ids = result?.classes.map(({ id }) => id) ?? [];
    expect(ids.map((id) => state(app).zeroShot.matches[id])).toEqual([[0], [1]]);
    const contender = contenderOf(app);
    expect(contender?.answers).toHaveLength(result?.evaluation.rows.length ?? 0);
    const truth = result?.evaluation.rows.map((row) => row.truth) ?? [];
    expect(contender?.hits).toBe(
      contender?.answers.filter((answer, row) => answer === truth[row]).length,
    );
    const { contenders } = result?.evaluation ?? { contenders: [] };
    expect(contenders.map(({ id }) => id).slice(-3)).toEqual([
      'zero-shot',
      'largest-class',
      'random',
    ]);
    await state(app).evaluate('folds');
    expect(state(app).evaluation.folds.result?.evaluation.contenders.map(({ id }) => id)).toContain(
      'zero-shot',
    );
  });

  it('are matched anew when the person says so, and that stays with the project', async () => {
    const app = await trained();
    await state(app).evaluate('validation');
    const [ants = '', bees = ''] = state(app).classes.map(({ id }) => id);
    await state(app).matchZeroShot(bees, []);
    // Nothing stands for bees any more, so nothing is ever answered with them.
    expect(new Set(contenderOf(app)?.answers)).toEqual(new Set([0]));
    await state(app).matchZeroShot(ants, []);
    expect(contenderOf(app)).toBeUndefined();
    expect(state(app).evaluation.validation.result?.zeroShotAbsence).toBe('no-match');
    // The tick is seen before the backbone has been asked anew.
    const absences: unknown[] = [];
    const unsubscribe = app.store.subscribe(({ zeroShot, evaluation }) => {
      if (zeroShot.matches[ants]?.join() !== '1,2') return;
      absences.push(evaluation.validation.result?.zeroShotAbsence);
    });
    await state(app).matchZeroShot(ants, [1, 2]);
    unsubscribe();
    expect(absences[0]).toBe('no-match');
    expect(absences.at(-1)).toBeNull();
    await state(app).matchZeroShot(ants, [2]);
    await state(app).matchZeroShot(bees, [2]);
    const key = `zero-shot:${state(app).projectId}:3`;
    expect(await app.services.storage.getSetting(key)).toEqual({ [ants]: [2], [bees]: [2] });

    app.store.setState({ zeroShot: { backboneId: null, labels: [], matches: {}, chosen: {} } });
    await state(app).evaluate('validation');
    expect(state(app).zeroShot.matches).toEqual({ [ants]: [2], [bees]: [2] });
    await state(app).matchZeroShot(bees, null);
    expect(state(app).zeroShot.matches[bees]).toEqual([1]);
    expect(state(app).zeroShot.chosen).toEqual({ [ants]: [2] });
  });

  it('are left out, with the reason, and everything else is still judged', async () => {
    const app = await trained();
    app.engine.control.failNext('classify', 'worker-died');
    await state(app).evaluate('validation');
    const { result, problem } = state(app).evaluation.validation;
    expect(problem).toBeNull();
    expect(result?.zeroShotAbsence).toBe('failed');
    expect(contenderOf(app)).toBeUndefined();
    await state(app).evaluate('validation');
    expect(state(app).evaluation.validation.result?.zeroShotAbsence).toBeNull();
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

  it('tells photos unlike all it learned from by what they look like, at the limit it chose itself', async () => {
    // Enough of them: the limit comes from the validation photos, and few of those make it a matter of luck.
    const app = await trained(200);
    await state(app).evaluate('validation');
    const limit = state(app).abstention.suggested?.strangenessLimit ?? 0;
    expect(limit).toBeGreaterThan(0);
    state(app).setAbstention({ isOn: true, confidenceFloor: 0, withDistance: true });
    const withheldFor = async (look: string, variation: number) => {
      await state(app).predictFile(fakePhotoFile(look, variation), `${look}.jpg`);
      return state(app).prediction?.withheld;
    };
    // The first question only has the training photos read.
    await withheldFor('ants', 300);
    await vi.waitFor(async () => expect(await withheldFor('wasps', 1)).toBe('unfamiliar'));
    const unknown = ['wasps', 'moths', 'flies', 'ticks', 'mites', 'gnats'];
    const known = ['ants', 'bees'];
    const colourOf = async (look: string): Promise<readonly number[]> => [
      ...(await fakePixels(fakePhotoFile(look, 1), 1)),
    ];
    const likeness = (a: readonly number[], b: readonly number[]): number =>
      a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0) /
      (Math.hypot(...a) * Math.hypot(...b));
    let strange = 0;
    for (const look of unknown) {
      const colour = await colourOf(look);
      const nearestKnown = await Promise.all(
        known.map(async (other) => likeness(colour, await colourOf(other))),
      );
      // Only those whose colour is far from both: the fake backbone sees nothing but colours.
      if (1 - Math.max(...nearestKnown) < 4 * limit) continue;
      strange += 1;
      expect(await withheldFor(look, 2)).toBe('unfamiliar');
    }
    expect(strange).toBeGreaterThanOrEqual(2);
    let answered = 0;
    for (let variation = 400; variation < 420; variation++) {
      if ((await withheldFor(variation % 2 === 0 ? 'ants' : 'bees', variation)) === null)
        answered += 1;
    }
    expect(answered).toBeGreaterThanOrEqual(15);
  });

  it('is remembered with the project', async () => {
    const app = await trained();
    await state(app).evaluate('validation');
    state(app).setAbstention({ isOn: true, confidenceFloor: 0.83, withDistance: false });
    const { abstention, projectId } = state(app);
    await vi.waitFor(async () =>
      expect(await app.services.storage.getSetting(`abstention:${projectId}`)).toEqual(abstention),
    );
    const again = await start(app.databaseName);
    expect(state(again).abstention).toEqual(abstention);

    await app.services.storage.putSetting(`abstention:${projectId}`, { isOn: 'yes' });
    const damaged = await start(app.databaseName);
    expect(state(damaged).abstention.isOn).toBe(false);
  });
});
