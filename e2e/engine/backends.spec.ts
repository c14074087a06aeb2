/**
 * Every backend through the real worker of the production build: it must be the one asked for, give
 * the same embeddings and the same training as plain cpu in the same browser, and leave no tensors.
 */
import type { Page } from '@playwright/test';
import type { BackendName } from '../../src/domain/backend.ts';
import type { EpochMetrics } from '../../src/domain/metrics.ts';
import type { Hyperparameters } from '../../src/domain/hyperparameters.ts';
import {
  BUILT_IN_FOLDER,
  readArtifacts,
  readBuiltInCard,
} from '../../src/testing/engine-fixtures.ts';
import { expect, test } from '../fixtures/app.ts';
import { openHarness, startBackend, type RemoteEngine } from '../fixtures/engine-harness.ts';
import {
  cloudData,
  largestDifference,
  shortRun,
  wavePictures,
} from '../fixtures/engine-material.ts';

interface Expectations {
  readonly backend: BackendName;
  /** Pictures embedded; software WebGPU manages about one a second. */
  readonly pictures: number;
  /** Largest difference of any embedding value (they reach about 5) from cpu. */
  readonly embeddingTolerance: number;
  /** Largest difference of a loss or accuracy of any epoch from cpu. */
  readonly curveTolerance: number;
}

const BACKENDS: readonly Expectations[] = [
  { backend: 'wasm', pictures: 3, embeddingTolerance: 1e-4, curveTolerance: 1e-5 },
  { backend: 'webgl', pictures: 2, embeddingTolerance: 1e-3, curveTolerance: 1e-4 },
  { backend: 'webgpu', pictures: 1, embeddingTolerance: 1e-3, curveTolerance: 1e-4 },
];

const card = readBuiltInCard();
const artifacts = readArtifacts(BUILT_IN_FOLDER);

async function train(
  engine: RemoteEngine,
  runId: string,
  hyperparameters: Hyperparameters,
): Promise<readonly EpochMetrics[]> {
  const outcome = await engine.call('head/train', { runId, dataKey: 'clouds', hyperparameters });
  expect(outcome).toMatchObject({ end: 'completed', epochsDone: hyperparameters.epochs });
  return engine.epochsOf(runId);
}

function curves(epochs: readonly EpochMetrics[]): Float32Array {
  return Float32Array.from(
    epochs.flatMap(({ trainLoss, trainAccuracy, validationLoss, validationAccuracy }) => [
      trainLoss,
      trainAccuracy,
      validationLoss ?? NaN,
      validationAccuracy ?? NaN,
    ]),
  );
}

async function cpuCurves(page: Page, settings: Hyperparameters): Promise<Float32Array> {
  const cpu = await startBackend(page, 'cpu');
  await cpu.call('head/load-data', cloudData());
  const epochs = await train(cpu, 'reference', settings);
  await cpu.terminate();
  return curves(epochs);
}

for (const { backend, pictures, embeddingTolerance, curveTolerance } of BACKENDS) {
  test.describe(backend, () => {
    // Software WebGPU on a busy machine; nothing here waits without working.
    test.setTimeout(backend === 'webgpu' ? 300_000 : 120_000);
    test.beforeEach(async ({ page, sharedServer }) => {
      await openHarness(page, sharedServer.url);
    });

    test('is the one that runs, and embeds as cpu does', async ({ page }) => {
      const engine = await startBackend(page, backend);
      const check = await engine.call('backend/check', {});
      expect(check.right, JSON.stringify(check)).toBe(true);
      const loaded = await engine.call('backbone/load', { card, artifacts });
      expect(loaded.goldenError).toBeLessThan(card.golden?.tolerance ?? 0);

      const pixels = wavePictures(pictures, card.inputSize);
      const found = await engine.call('embed', { pixels, count: pictures });
      const before = await engine.call('memory', {});
      expect(before.backend).toBe(backend);
      expect(before.tensors).toBeGreaterThan(0);
      const again = await engine.call('embed', { pixels, count: pictures });
      const after = await engine.call('memory', {});
      expect(after.tensors, 'tensors left behind').toBe(before.tensors);
      expect(largestDifference(again.embeddings, found.embeddings)).toBeLessThan(
        embeddingTolerance,
      );

      const cpu = await startBackend(page, 'cpu');
      await cpu.call('backbone/load', { card, artifacts });
      expect(await cpu.call('memory', {})).toMatchObject({ backend: 'cpu' });
      const wanted = await cpu.call('embed', { pixels, count: pictures });
      expect(found.width).toBe(card.embedding.width);
      expect(Math.max(...wanted.embeddings)).toBeGreaterThan(0.5);
      const difference = largestDifference(found.embeddings, wanted.embeddings);
      test.info().annotations.push({
        type: 'measured',
        description: `embedding ${String(difference)}, golden ${String(loaded.goldenError)}`,
      });
      expect(difference).toBeLessThan(embeddingTolerance);
    });

    for (const [what, hiddenUnits] of [
      ['a linear head', 0],
      ['a hidden layer', 8],
    ] as const) {
      test(`trains ${what} as cpu does, twice the same, without leaking`, async ({ page }) => {
        const settings = shortRun({ hiddenUnits });
        const wanted = await cpuCurves(page, settings);
        const engine = await startBackend(page, backend);
        await engine.call('head/load-data', cloudData());
        const first = curves(await train(engine, 'first', settings));
        const before = await engine.call('memory', {});
        const second = curves(await train(engine, 'second', settings));
        const after = await engine.call('memory', {});

        expect(after.backend).toBe(backend);
        expect(after.tensors, 'tensors left behind').toBe(before.tensors);
        expect([...second]).toEqual([...first]);
        expect(first.length).toBe(4 * settings.epochs);
        const difference = largestDifference(first, wanted);
        test
          .info()
          .annotations.push({ type: 'measured', description: `curves ${String(difference)}` });
        expect(difference).toBeLessThan(curveTolerance);
        const other = curves(await train(engine, 'third', { ...settings, seed: 8, epochs: 1 }));
        const otherwise = largestDifference(other, first.slice(0, other.length));
        expect(otherwise, 'the seed matters').toBeGreaterThan(1e-3);
      });
    }

    test('pauses, goes on and stops, and keeps the best head', async ({ page }) => {
      const engine = await startBackend(page, backend);
      await engine.call('head/load-data', cloudData());
      const running = engine.call('head/train', {
        runId: 'long',
        dataKey: 'clouds',
        hyperparameters: shortRun({ epochs: 5000 }),
      });
      await engine.untilEvents(1);
      const began = performance.now();
      await engine.untilEvents(3);
      const epochMs = (performance.now() - began) / 2;
      expect(await engine.call('head/pause', { runId: 'long' })).toEqual({ paused: true });
      // One epoch may still be on its way, however long it takes; in the time of several there is no other.
      const atPause = (await engine.events()).length;
      await page.waitForTimeout(Math.max(1000, 5 * epochMs));
      const paused = (await engine.events()).length;
      expect(paused - atPause, 'epochs on their way').toBeLessThanOrEqual(1);
      await page.waitForTimeout(1000);
      expect((await engine.events()).length, 'epochs during the pause').toBe(paused);

      expect(await engine.call('head/resume', { runId: 'long' })).toEqual({ paused: false });
      await engine.untilEvents(paused + 2);
      expect(await engine.call('head/stop', { runId: 'long' })).toEqual({ stopped: true });
      const outcome = await running;
      const epochs = await engine.epochsOf('long');
      expect(outcome.end).toBe('stopped');
      expect(outcome.backend).toBe(backend);
      expect(outcome.epochsDone).toBe(epochs.length);
      expect(epochs.map(({ epoch }) => epoch)).toEqual(epochs.map((_, i) => i + 1));
      const losses = epochs.map(({ validationLoss }) => validationLoss ?? NaN);
      expect(outcome.bestEpoch).toBe(losses.indexOf(Math.min(...losses)) + 1);
      const kept = await engine.call('head/checkpoint', {
        runId: 'long',
        epoch: outcome.bestEpoch,
      });
      expect([...(kept.head?.outputKernel ?? [])]).toEqual([...outcome.bestHead.outputKernel]);
      expect(outcome.bestHead.outputKernel.some((weight) => weight !== 0)).toBe(true);
    });
  });
}
