/**
 * Class activation maps on every backend, through the real worker of the production build: they add
 * up to the logits, agree with cpu, and come with the very embedding that predicting gives.
 */
import { headLogits } from '../../src/domain/head-forward.ts';
import type { HeadWeights } from '../../src/domain/head.ts';
import { createRandom } from '../../src/domain/random.ts';
import {
  BUILT_IN_FOLDER,
  readArtifacts,
  readBuiltInCard,
} from '../../src/testing/engine-fixtures.ts';
import { expect, test } from '../fixtures/app.ts';
import { openHarness, startBackend } from '../fixtures/engine-harness.ts';
import { largestDifference, wavePictures } from '../fixtures/engine-material.ts';

const card = readBuiltInCard();
const artifacts = readArtifacts(BUILT_IN_FOLDER);
const CLASSES = 3;

function someHead(): HeadWeights {
  const random = createRandom(5);
  const { width } = card.embedding;
  const normals = (count: number, size: number): Float32Array =>
    Float32Array.from({ length: count }, () => size * random.normal());
  return {
    inputDim: width,
    hiddenUnits: 0,
    classCount: CLASSES,
    standardisation: {
      mean: normals(width, 0.3).map(Math.abs),
      scale: normals(width, 0.3).map((value) => 0.2 + Math.abs(value)),
    },
    hiddenKernel: null,
    hiddenBias: null,
    outputKernel: normals(width * CLASSES, 0.05),
    outputBias: normals(CLASSES, 0.1),
  };
}

for (const backend of ['wasm', 'webgl', 'webgpu'] as const) {
  test(`maps on ${backend} add up to the logits and agree with cpu`, async ({
    page,
    sharedServer,
  }) => {
    // Software WebGPU on a busy machine.
    test.setTimeout(backend === 'webgpu' ? 300_000 : 120_000);
    await openHarness(page, sharedServer.url);
    const head = someHead();
    const pixels = wavePictures(1, card.inputSize);
    const engine = await startBackend(page, backend);
    await engine.call('backbone/load', { card, artifacts });
    const found = await engine.call('explain', { pixels, count: 1, head });
    const before = await engine.call('memory', {});
    await engine.call('explain', { pixels, count: 1, head });
    expect((await engine.call('memory', {})).tensors).toBe(before.tensors);
    const embedded = await engine.call('embed', { pixels, count: 1 });
    expect(largestDifference(found.embeddings, embedded.embeddings)).toBeLessThan(1e-4);

    const cpu = await startBackend(page, 'cpu');
    await cpu.call('backbone/load', { card, artifacts });
    const wanted = await cpu.call('explain', { pixels, count: 1, head });
    const { evidence } = found;
    if (evidence === null || wanted.evidence === null) throw new Error('no maps came back');
    const side = card.featureMap?.side;
    expect([evidence.rows, evidence.columns]).toEqual([side, side]);
    expect(largestDifference(evidence.maps, wanted.evidence.maps)).toBeLessThan(1e-2);
    const places = evidence.rows * evidence.columns;
    headLogits(head, found.embeddings, 1).forEach((logit, k) => {
      const map = evidence.maps.subarray(k * places, (k + 1) * places);
      const sum = map.reduce((total, value) => total + value, 0);
      expect(evidence.biases[k]).toBe(head.outputBias[k]);
      expect(Math.abs(sum - (logit - (head.outputBias[k] ?? 0)))).toBeLessThan(
        2e-3 * (1 + Math.abs(logit)),
      );
    });
  });
}
