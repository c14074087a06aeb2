/**
 * Backbones that are layers models: cut at the card's layer, run as one batch; folded where that gives
 * the same numbers, since most of a Keras file's layers are batch norms and borders.
 */
import {
  add,
  matMul,
  reshape,
  type io,
  type Tensor,
  type Tensor2D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import {
  loadLayersModel,
  model as createModel,
  type LayersModel,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import type { BackboneArtifacts, BackboneCard } from '../../domain/backbone-card.ts';
import { NOT_FOLDED } from '../../domain/folding.ts';
import type { BackboneClassifier, BackboneNetwork, EmbeddingWithMap } from './backbone-network.ts';
import { toEmbedding } from './embedding-shape.ts';
import { foldNetwork } from './folded-network.ts';
import { checkInputShape, invalidBackbone } from './model-artifacts.ts';

export async function loadLayersNetwork(
  card: BackboneCard,
  modelArtifacts: io.ModelArtifacts,
  artifacts: BackboneArtifacts,
): Promise<BackboneNetwork> {
  const whole = await loadLayersModel({ load: () => Promise.resolve(modelArtifacts) });
  try {
    checkInputShape(card, whole.inputs[0]?.shape);
    const cut = cutAt(card, whole, card.embedding.node);
    const map = card.featureMap;
    const mapModel =
      map === null ? null : map.node === card.embedding.node ? cut : cutAt(card, whole, map.node);
    const plain: BackboneNetwork = {
      card,
      inputRange: card.inputRange,
      embed: (input) => toEmbedding(card, run(cut, input)),
      featureMap: mapModel === null ? null : (input) => run(mapModel, input) as Tensor4D,
      embedWithMap: map === null ? null : cutWithMap(card, whole, cut, map.node),
      classifier: () => layersClassifier(card, whole),
      folding: NOT_FOLDED,
      // The cut models share the whole one's layers and own nothing themselves.
      dispose: () => {
        whole.dispose();
      },
    };
    return await foldNetwork(plain, artifacts);
  } catch (error) {
    whole.dispose();
    throw error;
  }
}

/**
 * Behind the layer of the embedding the only weights are those of the last layer, dense or a 1×1
 * convolution; null where that is not so.
 */
export function layersClassifier(
  card: BackboneCard,
  whole: LayersModel,
): BackboneClassifier | null {
  const { node, width } = card.embedding;
  const at = whole.layers.findIndex((layer) => layer.name === node);
  const weighted = whole.layers.slice(at + 1).filter((layer) => layer.weights.length > 0);
  const [kernel, bias] = weighted[0]?.getWeights() ?? [];
  const outputs = kernel?.shape.at(-1) ?? 0;
  if (weighted.length !== 1 || kernel?.size !== width * outputs || outputs < 2) return null;
  return {
    outputs,
    logits: (embedding) => {
      const product: Tensor2D = matMul(embedding, reshape(kernel, [width, outputs]));
      return bias === undefined ? product : add(product, bias);
    },
  };
}

/** Most layers models are cut at the map itself, which is then pooled: one output is enough. */
function cutWithMap(
  card: BackboneCard,
  whole: LayersModel,
  cut: LayersModel,
  mapNode: string,
): (input: Tensor4D) => EmbeddingWithMap {
  if (mapNode === card.embedding.node) {
    return (input) => {
      const map = run(cut, input) as Tensor4D;
      return { embedding: toEmbedding(card, map), map };
    };
  }
  const outputs = [card.embedding.node, mapNode].map((name) => layerOutput(card, whole, name));
  const both = createModel({ inputs: whole.inputs, outputs });
  return (input) => {
    const [embedding, map] = both.predictOnBatch(input) as [Tensor, Tensor4D];
    return { embedding: toEmbedding(card, embedding), map };
  };
}

function cutAt(card: BackboneCard, whole: LayersModel, layerName: string): LayersModel {
  return createModel({ inputs: whole.inputs, outputs: layerOutput(card, whole, layerName) });
}

function layerOutput(card: BackboneCard, whole: LayersModel, layerName: string): SymbolicTensor {
  const layer = whole.layers.find((one) => one.name === layerName);
  if (layer === undefined) {
    throw invalidBackbone(card, `there is no layer "${layerName}"`, { node: layerName });
  }
  return layer.output as SymbolicTensor;
}

/** `predictOnBatch` runs the batch as it is; `predict` would cut it into pieces of 32. */
function run(model: LayersModel, input: Tensor4D): Tensor {
  const output = model.predictOnBatch(input);
  return Array.isArray(output) ? (output[0] as Tensor) : output;
}
