/**
 * Backbones that are graph models: run by the converter's executor up to the card's nodes, or on a
 * processor, where the executor's bookkeeping takes a good part of a small network's time, as steps.
 */
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import type { io, Tensor4D, Tensor } from '@tensorflow/tfjs-core';
import type { BackboneArtifacts, BackboneCard } from '../../domain/backbone-card.ts';
import { NOT_FOLDED } from '../../domain/folding.ts';
import { runsOnProcessor } from '../backend/runs-on-processor.ts';
import type { BackboneNetwork } from './backbone-network.ts';
import { toEmbedding } from './embedding-shape.ts';
import { graphClassifier } from './graph-classifier.ts';
import { checkInputShape } from './model-artifacts.ts';

/** Rejects with what the converter throws; the caller names the backbone. */
export async function loadGraphNetwork(
  card: BackboneCard,
  modelArtifacts: io.ModelArtifacts,
  artifacts: BackboneArtifacts,
): Promise<BackboneNetwork> {
  const model = await loadGraphModel({ load: () => Promise.resolve(modelArtifacts) });
  const run = (input: Tensor4D, node: string): Tensor => model.execute(input, node) as Tensor;
  const { featureMap } = card;
  try {
    checkInputShape(card, model.inputs[0]?.shape);
  } catch (error) {
    model.dispose();
    throw error;
  }
  const plain: BackboneNetwork = {
    card,
    inputRange: card.inputRange,
    embed: (input) => toEmbedding(card, run(input, card.embedding.node)),
    featureMap: featureMap === null ? null : (input) => run(input, featureMap.node) as Tensor4D,
    embedWithMap:
      featureMap === null
        ? null
        : (input) => {
            const nodes = [card.embedding.node, featureMap.node];
            const [embedding, map] = model.execute(input, nodes) as [Tensor, Tensor4D];
            return { embedding: toEmbedding(card, embedding), map };
          },
    classifier: graphClassifier(card, model),
    folding: NOT_FOLDED,
    dispose: () => {
      model.dispose();
    },
  };
  // A GPU's time goes into the convolutions, which stay the same.
  if (!runsOnProcessor()) return plain;
  const { foldNetwork } = await import('./folded-network.ts');
  return foldNetwork(plain, artifacts);
}
