import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classEvidence } from './class-evidence.ts';
import { headLogits } from './head-forward.ts';
import type { HeadWeights } from './head.ts';
import { createRandom } from './random.ts';

interface Made {
  readonly head: HeadWeights;
  readonly features: Float32Array;
  readonly embedding: Float32Array;
  readonly places: number;
}

/** A head and a feature map of chance numbers; the embedding is the map's mean over places. */
function make(seed: number, hiddenUnits: number, standardise: boolean): Made {
  const random = createRandom(seed);
  const inputDim = 12;
  const classCount = 3;
  const places = 16;
  const normals = (count: number): Float32Array =>
    Float32Array.from({ length: count }, () => random.normal());
  const features = normals(places * inputDim).map((value) => Math.max(0, value));
  const embedding = new Float32Array(inputDim);
  for (let d = 0; d < inputDim; d++) {
    let sum = 0;
    for (let place = 0; place < places; place++) sum += features[place * inputDim + d] ?? 0;
    embedding[d] = sum / places;
  }
  const head: HeadWeights = {
    inputDim,
    hiddenUnits,
    classCount,
    standardisation: standardise
      ? { mean: normals(inputDim), scale: normals(inputDim).map((v) => 0.2 + Math.abs(v)) }
      : null,
    hiddenKernel: hiddenUnits === 0 ? null : normals(inputDim * hiddenUnits),
    hiddenBias: hiddenUnits === 0 ? null : normals(hiddenUnits),
    outputKernel: normals((hiddenUnits === 0 ? inputDim : hiddenUnits) * classCount),
    outputBias: normals(classCount),
  };
  return { head, features, embedding, places };
}

function mapSum(maps: Float32Array, places: number, k: number): number {
  return maps.subarray(k * places, (k + 1) * places).reduce((sum, value) => sum + value, 0);
}

const anySeed = fc.integer({ min: 0, max: 1_000_000 });

describe('classEvidence', () => {
  it('adds up to the logit minus the head’s own bias for any linear head', () => {
    fc.assert(
      fc.property(anySeed, fc.boolean(), (seed, standardise) => {
        const { head, features, embedding, places } = make(seed, 0, standardise);
        const { maps, biases } = classEvidence(head, embedding, features);
        expect(biases).toEqual(head.outputBias);
        headLogits(head, embedding, 1).forEach((logit, k) => {
          expect(mapSum(maps, places, k)).toBeCloseTo(logit - (head.outputBias[k] ?? 0), 3);
        });
      }),
    );
  });

  it('adds up to the logit minus the bias it names for any hidden head', () => {
    fc.assert(
      fc.property(anySeed, fc.boolean(), (seed, standardise) => {
        const { head, features, embedding, places } = make(seed, 7, standardise);
        const { maps, biases } = classEvidence(head, embedding, features);
        headLogits(head, embedding, 1).forEach((logit, k) => {
          expect(mapSum(maps, places, k) + (biases[k] ?? 0)).toBeCloseTo(logit, 2);
        });
      }),
    );
  });

  it('follows the slope of a hidden head’s logit, place by place', () => {
    const { head, features, embedding, places } = make(4, 9, true);
    const { maps } = classEvidence(head, embedding, features);
    const before = headLogits(head, embedding, 1);
    // Taking a little of one place away changes the logit by that much of the place's evidence,
    // but for the standardisation's mean, which stays.
    const step = 1e-3;
    const place = 5;
    const nudged = embedding.map(
      (value, d) =>
        value -
        (step / places) *
          ((features[place * head.inputDim + d] ?? 0) - (head.standardisation?.mean[d] ?? 0)),
    );
    headLogits(head, nudged, 1).forEach((logit, k) => {
      const change = ((before[k] ?? 0) - logit) / step;
      expect(change).toBeCloseTo(maps[k * places + place] ?? NaN, 1);
    });
  });

  it('puts the evidence where the feature is', () => {
    const head: HeadWeights = {
      inputDim: 2,
      hiddenUnits: 0,
      classCount: 2,
      standardisation: null,
      hiddenKernel: null,
      hiddenBias: null,
      outputKernel: Float32Array.of(1, -1, 0, 0),
      outputBias: Float32Array.of(0.5, 0),
    };
    const features = Float32Array.of(0, 3, 8, 1, 0, 2, 0, 0);
    const { maps } = classEvidence(head, Float32Array.of(2, 1.5), features);
    expect([...maps]).toEqual([0, 2, 0, 0, 0, -2, 0, 0].map((value) => value + 0));
  });

  it('refuses sizes that do not fit', () => {
    const { head, features, embedding } = make(1, 0, false);
    expect(() => classEvidence(head, embedding, features.subarray(1))).toThrow(RangeError);
    expect(() => classEvidence(head, embedding.subarray(1), features)).toThrow(RangeError);
  });
});
