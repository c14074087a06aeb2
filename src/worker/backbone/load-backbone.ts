/**
 * Loads any backbone from its card and bytes, and does not believe either: runs the golden input
 * once and compares. The same run compiles the kernels.
 */
import type { io } from '@tensorflow/tfjs-core';
import type { BackboneArtifacts, BackboneCard } from '../../domain/backbone-card.ts';
import { EngineError } from '../../protocol/errors.ts';
import { throwIfAborted, toErrorData } from '../dispatch.ts';
import type { BackboneNetwork } from './backbone-network.ts';
import { embedGoldenInput, goldenDifference, sumOf } from './golden-difference.ts';
import { invalidBackbone, toModelArtifacts } from './model-artifacts.ts';

export interface LoadedBackbone {
  readonly network: BackboneNetwork;
  /**
   * Largest of: relative difference of the golden sum, absolute differences of its first values.
   * Null if the card has no golden embedding.
   */
  readonly goldenError: number | null;
}

/**
 * @throws EngineError `backbone-invalid` (files and card do not fit together),
 * `backbone-wrong-numbers` (golden embedding missed by more than the card's tolerance), `aborted`.
 */
export async function loadBackbone(
  card: BackboneCard,
  artifacts: BackboneArtifacts,
  signal: AbortSignal,
): Promise<LoadedBackbone> {
  const modelArtifacts = toModelArtifacts(card, artifacts);
  const network = await loadNetwork(card, modelArtifacts, artifacts);
  try {
    throwIfAborted(signal);
    const embedding = await goldenEmbedding(network);
    throwIfAborted(signal);
    return { network, goldenError: checkGolden(card, embedding) };
  } catch (error) {
    network.dispose();
    throw error;
  }
}

/** Embedding [width] of the golden input on the current backend. Also used to write manifests. */
export async function goldenEmbedding(network: BackboneNetwork): Promise<Float32Array> {
  const output = runOnce(network.card, () => embedGoldenInput(network));
  try {
    return (await output.data()) as Float32Array;
  } finally {
    output.dispose();
  }
}

/** Formats are separate chunks, so a built-in graph model does not wait for the layers library. */
async function loadNetwork(
  card: BackboneCard,
  modelArtifacts: io.ModelArtifacts,
  artifacts: BackboneArtifacts,
): Promise<BackboneNetwork> {
  try {
    switch (card.format) {
      case 'graph':
        return await (
          await import('./graph-network.ts')
        ).loadGraphNetwork(card, modelArtifacts, artifacts);
      case 'mobilenet':
        return await (
          await import('./mobilenet-network.ts')
        ).loadMobileNetNetwork(card, modelArtifacts);
      case 'layers':
        return await (
          await import('./layers-network.ts')
        ).loadLayersNetwork(card, modelArtifacts, artifacts);
      default:
        throw invalidBackbone(card, `unknown format "${String(card.format)}"`);
    }
  } catch (error) {
    throw asInvalid(card, 'cannot be loaded', error);
  }
}

function runOnce<Result>(card: BackboneCard, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw asInvalid(card, 'cannot be run', error);
  }
}

function asInvalid(card: BackboneCard, what: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const data = toErrorData(error);
  // A full memory says nothing about the files.
  if (data.code === 'out-of-memory') return new EngineError(data);
  return invalidBackbone(card, `${what}: ${data.message.slice(0, 300)}`);
}

function checkGolden(card: BackboneCard, embedding: Float32Array): number | null {
  const sum = sumOf(embedding);
  if (!Number.isFinite(sum)) throw wrongNumbers(card, sum, card.golden?.sum ?? NaN, Infinity);
  if (card.golden === null) return null;
  const error = goldenDifference(card.golden, embedding);
  if (!(error <= card.golden.tolerance)) throw wrongNumbers(card, sum, card.golden.sum, error);
  return error;
}

function wrongNumbers(
  card: BackboneCard,
  sum: number,
  wantedSum: number,
  difference: number,
): EngineError {
  const message = `${card.id}: golden embedding sums to ${sum}, the card says ${wantedSum}`;
  const detail = { backboneId: card.id, sum, wantedSum, difference };
  return new EngineError({ code: 'backbone-wrong-numbers', message, detail });
}
