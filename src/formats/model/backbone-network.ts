/** Reads a backbone's files, graph or layers, into the general terms of `network`. */
import type { BackboneArtifacts, BackboneCard } from '../../domain/backbone-card.ts';
import {
  isFunctional,
  readFunctional,
  readTopology,
  type FunctionalModel,
} from './layers-topology.ts';
import { ModelFileError } from './model-file-error.ts';
import { networkFromGraph } from './network-from-graph.ts';
import { networkFromLayers } from './network-from-layers.ts';
import type { Network } from './network.ts';
import { parseWeightsManifest, readTensors, type NamedTensor } from './weights-manifest.ts';

/** Up to the embedding. Throws ModelFileError. */
export function backboneNetwork(card: BackboneCard, artifacts: BackboneArtifacts): Network {
  const { node } = card.embedding;
  const bytes = new Uint8Array(artifacts.weights);
  const network =
    card.format === 'layers'
      ? networkOfLayers(artifacts, node)
      : networkFromGraph(artifacts.modelJson, bytes, node, card.inputSize);
  if (network.width !== card.embedding.width)
    throw new ModelFileError('wrong-shape', { name: node });
  return network;
}

function networkOfLayers(artifacts: BackboneArtifacts, node: string): Network {
  const { model, tensors } = readLayersBackbone(artifacts);
  return networkFromLayers(model, tensors, node);
}

/** Throws ModelFileError. */
export function readLayersBackbone({ modelJson, weights }: BackboneArtifacts): {
  readonly model: FunctionalModel;
  readonly tensors: ReadonlyMap<string, NamedTensor>;
} {
  const whole = readTopology(modelJson);
  if (!isFunctional(whole))
    throw new ModelFileError('unsupported-layer', { name: whole.class_name });
  const tensors = readTensors(parseWeightsManifest(modelJson), new Uint8Array(weights));
  return { model: readFunctional(whole), tensors };
}
