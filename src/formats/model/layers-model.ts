/**
 * A whole model, backbone and head, as one TF.js layers model in the shape of Teachable Machine's
 * exports: a stack of [backbone, mean] and [dense, dense]. TF.js of any version loads it.
 */
import type { BackboneArtifacts, BackboneCard } from '../../domain/backbone-card.ts';
import { backboneNetwork, readLayersBackbone } from './backbone-network.ts';
import type { DenseLayer, FoldedHead } from './fold-head.ts';
import { affineLayer, inputLayerJson, layersFromNetwork } from './layers-from-network.ts';
import type { LayersBackbone } from './layers-from-network.ts';
import { inputSizeOf, pruneTo } from './layers-topology.ts';
import { writeTensors, type NamedTensor } from './weights-manifest.ts';

/** What the model is fed: value = pixel · scale + shift for the backbone's own range. */
export interface InputScaling {
  readonly scale: number;
  readonly shift: number;
}

/** From pixels 0..255 onto the backbone's range. */
export function fromPixels({ inputRange: [low, high] }: BackboneCard): InputScaling {
  return { scale: (high - low) / 255, shift: low };
}

/** Teachable Machine's clients hand in pixel / 127 − 1. */
export function fromTeachableInput(card: BackboneCard): InputScaling | null {
  const { scale, shift } = fromPixels(card);
  const whole = { scale: 127 * scale, shift: shift + 127 * scale };
  const isTheirs = Math.abs(whole.scale - 1) < 1e-7 && Math.abs(whole.shift) < 1e-7;
  return isTheirs ? null : whole;
}

/** The backbone's layers, as they are or rebuilt from a graph. Throws ModelFileError. */
export function backboneLayers(card: BackboneCard, artifacts: BackboneArtifacts): LayersBackbone {
  if (card.format !== 'layers') return layersFromNetwork(backboneNetwork(card, artifacts));
  const { model, tensors } = readLayersBackbone(artifacts);
  const pruned = pruneTo(model, card.embedding.node);
  const names = new Set(pruned.layers.map((one) => one.name));
  const output = pruned.layers.find((one) => one.name === pruned.output);
  return {
    config: {
      name: model.name,
      layers: pruned.layers,
      input_layers: [[model.input, 0, 0]],
      output_layers: [[pruned.output, 0, 0]],
    },
    tensors: [...tensors.values()].filter(({ name }) => names.has(layerOfWeight(name))),
    pool: output?.class_name !== 'GlobalAveragePooling2D',
    size: inputSizeOf(model),
    width: card.embedding.width,
  };
}

const layerOfWeight = (name: string): string => name.slice(0, name.lastIndexOf('/'));

export interface LayersModelParts {
  readonly backbone: LayersBackbone;
  /** Null: what comes in is already in the backbone's range. */
  readonly scaling: InputScaling | null;
  readonly head: FoldedHead;
  /** Half precision where no number changes by it; TF.js 2 and newer read it. */
  readonly halves: boolean;
  /** Goes into model.json beside the topology. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

export interface WrittenModel {
  readonly modelJson: Readonly<Record<string, unknown>>;
  readonly weights: Uint8Array<ArrayBuffer>;
}

export function writeLayersModel(parts: LayersModelParts): WrittenModel {
  const backbone = parts.scaling === null ? parts.backbone : scaled(parts.backbone, parts.scaling);
  const features: unknown[] = [{ class_name: 'Model', config: backbone.config }];
  if (backbone.pool) {
    const name = 'global_average_pooling2d_GlobalAveragePooling2D1';
    const config = { data_format: 'channels_last', name, trainable: true };
    features.push({ class_name: 'GlobalAveragePooling2D', config });
  }
  const head = headLayers(parts.head, backbone.width);
  const stack = (name: string, layers: readonly unknown[]): unknown => ({
    class_name: 'Sequential',
    config: { name, layers },
  });
  const config = {
    name: 'sequential_4',
    layers: [stack('sequential_1', features), stack('sequential_3', head.layers)],
  };
  const tensors = [...backbone.tensors, ...head.tensors];
  const { specs, bytes } = writeTensors(tensors, parts.halves);
  return {
    modelJson: {
      ...parts.extra,
      modelTopology: {
        class_name: 'Sequential',
        config,
        keras_version: 'tfjs-layers 4.22.0',
        backend: 'tensor_flow.js',
      },
      weightsManifest: [{ paths: ['weights.bin'], weights: specs }],
    },
    weights: bytes,
  };
}

/** Puts the scaling between the input and the first layer. */
function scaled(backbone: LayersBackbone, { scale, shift }: InputScaling): LayersBackbone {
  const [[input]] = backbone.config.input_layers as [[string]];
  const name = 'headstart_scaling';
  const all = (value: number): Float32Array => new Float32Array(3).fill(value);
  const { layer, tensors } = affineLayer(name, input, all(scale), all(shift));
  const others = backbone.config.layers.filter((one) => one['name'] !== input);
  return {
    ...backbone,
    config: {
      ...backbone.config,
      layers: [
        inputLayerJson(input, backbone.size),
        layer,
        ...others.map((one) => readingFrom(one, input, name)),
      ],
    },
    tensors: [...tensors, ...backbone.tensors],
  };
}

function readingFrom(
  layer: Readonly<Record<string, unknown>>,
  old: string,
  now: string,
): Readonly<Record<string, unknown>> {
  const nodes = layer['inbound_nodes'] as readonly (readonly unknown[])[];
  const renamed = nodes.map((calls) =>
    calls.map((call) => {
      const [name, ...rest] = call as readonly [string, ...unknown[]];
      return [name === old ? now : name, ...rest];
    }),
  );
  return { ...layer, inbound_nodes: renamed };
}

function headLayers(
  { hidden, output }: FoldedHead,
  width: number,
): { readonly layers: readonly unknown[]; readonly tensors: readonly NamedTensor[] } {
  const dense = hidden === null ? [output] : [hidden, output];
  return {
    layers: dense.map((layer, i) => ({
      class_name: 'Dense',
      config: {
        units: layer.units,
        activation: i === dense.length - 1 ? 'softmax' : 'relu',
        use_bias: layer.bias !== null,
        name: `dense_Dense${i + 1}`,
        trainable: true,
        ...(i === 0 ? { batch_input_shape: [null, width], dtype: 'float32' } : {}),
      },
    })),
    tensors: dense.flatMap((layer, i) => denseTensors(layer, `dense_Dense${i + 1}`)),
  };
}

function denseTensors(layer: DenseLayer, name: string): readonly NamedTensor[] {
  const kernel = {
    name: `${name}/kernel`,
    shape: [layer.inputs, layer.units],
    values: layer.kernel,
  };
  if (layer.bias === null) return [kernel];
  return [kernel, { name: `${name}/bias`, shape: [layer.units], values: layer.bias }];
}
