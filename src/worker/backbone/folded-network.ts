/**
 * Runs a backbone the way its exports do: batch norms and activations inside the convolutions, borders
 * added by the kernels. Believed only after it gave the same numbers as the network as it was loaded, or
 * on a GPU as the card's golden embedding.
 */
import {
  dispose,
  tensor4d,
  tidy,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { BackboneArtifacts, GoldenEmbedding } from '../../domain/backbone-card.ts';
import { backboneNetwork } from '../../formats/model/backbone-network.ts';
import { ModelFileError } from '../../formats/model/model-file-error.ts';
import { packSteps } from '../../formats/model/pack-network.ts';
import { runsOnProcessor } from '../backend/runs-on-processor.ts';
import { createStepRunner, type StepRunner } from '../model-run/step-runner.ts';
import type { BackboneNetwork, EmbeddingWithMap } from './backbone-network.ts';
import { toEmbedding } from './embedding-shape.ts';
import { embedGoldenInput, goldenDifference } from './golden-difference.ts';
import { sineInput } from './pixel-range.ts';

/**
 * Largest difference from the network as loaded, as a share of its largest value. Rounding in another
 * order leaves about 1e-6; a wrong border, epsilon or activation leaves percents.
 */
export const FOLDING_TOLERANCE = 1e-4;

/** The same backbone, faster; or as it was, with the reason in `folding`. Owns what it is given. */
export async function foldNetwork(
  plain: BackboneNetwork,
  artifacts: BackboneArtifacts,
): Promise<BackboneNetwork> {
  let runner: StepRunner | null = null;
  try {
    const source = backboneNetwork(plain.card, artifacts);
    const { steps, numbers } = packSteps(source);
    runner = createStepRunner(source.input, steps, numbers);
    const pool = source.steps.at(-1);
    if (pool?.kind !== 'pool') throw new Error('the last step is no mean');
    const folded = asBackbone(plain, runner, { map: pool.input, embedding: pool.name });
    const { difference, limit } = await check(plain, folded);
    if (difference <= limit) {
      return { ...folded, folding: { isFolded: true, difference } };
    }
    runner.dispose();
    return asLoaded(plain, `the numbers differ by ${difference.toPrecision(2)} of the largest`);
  } catch (error) {
    runner?.dispose();
    return asLoaded(plain, reasonOf(error));
  }
}

type Unchecked = Omit<BackboneNetwork, 'folding'>;

function asLoaded(plain: BackboneNetwork, reason: string): BackboneNetwork {
  return { ...plain, folding: { isFolded: false, reason } };
}

function reasonOf(error: unknown): string {
  if (error instanceof ModelFileError) {
    return `${error.code}: ${Object.values(error.params).join(', ')}`;
  }
  return error instanceof Error ? error.message.slice(0, 200) : String(error);
}

interface ValueNames {
  /** What the last step takes the mean of. */
  readonly map: string;
  readonly embedding: string;
}

function asBackbone(plain: BackboneNetwork, runner: StepRunner, names: ValueNames): Unchecked {
  const { card } = plain;
  // The mean is one of the steps: the card's own pooling has nothing left to do.
  const pooled = { ...card, embedding: { ...card.embedding, pool: false } };
  const meanOf = (values: ReadonlyMap<string, Tensor>): Tensor2D =>
    toEmbedding(pooled, values.get(names.embedding) as Tensor);
  const both = (input: Tensor4D): EmbeddingWithMap => {
    const values = runner.run(input, [names.map]);
    return { embedding: meanOf(values), map: values.get(names.map) as Tensor4D };
  };
  return {
    ...plain,
    embed: (input) => meanOf(runner.run(input)),
    // Whether it is the map that the card names is compared below.
    featureMap: plain.featureMap === null ? null : (input) => both(input).map,
    embedWithMap: plain.embedWithMap === null ? null : both,
    dispose: () => {
      runner.dispose();
      plain.dispose();
    },
  };
}

async function check(
  plain: BackboneNetwork,
  folded: Unchecked,
): Promise<{ readonly difference: number; readonly limit: number }> {
  const { golden, embedding, featureMap } = plain.card;
  // Then the embedding is the mean of the map itself, and the golden one answers for both.
  const isOneNode = featureMap === null || featureMap.node === embedding.node;
  // A GPU compiles each kind of layer first: a network only to compare with costs seconds.
  if (golden !== null && isOneNode && !runsOnProcessor()) {
    return { difference: await fromGolden(golden, folded), limit: golden.tolerance };
  }
  return { difference: await largestDifference(plain, folded), limit: FOLDING_TOLERANCE };
}

async function fromGolden(golden: GoldenEmbedding, folded: Unchecked): Promise<number> {
  const output = embedGoldenInput(folded);
  try {
    return goldenDifference(golden, (await output.data()) as Float32Array);
  } finally {
    output.dispose();
  }
}

/** Of embedding and map, on the golden input; NaN when a number is none or a shape is another. */
async function largestDifference(plain: BackboneNetwork, folded: Unchecked): Promise<number> {
  const size = plain.card.inputSize;
  const owned: Tensor[] = [];
  const keep = (tensors: Tensor[]): readonly Tensor[] => {
    owned.push(...tensors);
    return tensors;
  };
  try {
    const [input] = keep([tensor4d(sineInput(size, plain.inputRange), [1, size, size, 3])]);
    const [wanted = [], got = []] = [plain, folded].map(({ embed, embedWithMap }) =>
      keep(
        tidy(() => {
          if (embedWithMap === null) return [embed(input as Tensor4D)];
          const { embedding, map } = embedWithMap(input as Tensor4D);
          return [embedding, map];
        }),
      ),
    );
    const each = wanted.map(async (tensor, i) => {
      const other = got[i];
      if (other === undefined || String(other.shape) !== String(tensor.shape)) return NaN;
      return relativeDifference(await tensor.data(), await other.data());
    });
    return Math.max(...(await Promise.all(each)));
  } finally {
    dispose(owned);
  }
}

type Numbers = ArrayLike<number>;

/** Largest difference as a share of the largest wanted value. */
function relativeDifference(wanted: Numbers, got: Numbers): number {
  let largest = 0;
  let difference = 0;
  for (let i = 0; i < wanted.length; i++) {
    const value = wanted[i] ?? NaN;
    largest = Math.max(largest, Math.abs(value));
    difference = Math.max(difference, Math.abs(value - (got[i] ?? NaN)));
  }
  return difference / Math.max(largest, 1e-6);
}
