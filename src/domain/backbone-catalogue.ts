/**
 * The ImageNet MobileNets that can be downloaded, as data. Addresses are the ones public apps load
 * from (the library's own, on TF Hub, have answered 403 since October 2025: tfjs#8595).
 *
 * Sizes: weights are exact, from the published shapes at 4 bytes a number; model.json is as large
 * as in public copies and may differ by a little. Hashes are not published, so they are null.
 */
import type { BackboneCard, BackboneFile, GoldenEmbedding } from './backbone-card.ts';

const LICENCE = 'Apache-2.0';
const SHARD_BYTES = 4 * 1024 * 1024;

/** Output channels of the 13 pointwise layers of MobileNet v1 at width 1 (Howard et al. 2017, table 1). */
const V1_CHANNELS = [64, 128, 128, 256, 256, 512, 512, 512, 512, 512, 512, 1024, 1024] as const;

/**
 * Weight files of a Keras MobileNet v1 as early TensorFlow.js converters wrote it: one file per
 * layer with weights, numbered in alphabetical order of the layers. None reaches the size at which
 * files are split.
 */
function v1LayerFiles(alpha: number): readonly BackboneFile[] {
  const width = (channels: number): number => Math.floor(channels * alpha);
  const first = width(32);
  const numbers = new Map<string, number>([
    ['conv1', 3 * 3 * 3 * first],
    ['conv1_bn', 4 * first],
    ['conv_preds', width(1024) * 1000 + 1000],
  ]);
  V1_CHANNELS.forEach((channels, i) => {
    const input = i === 0 ? first : width(V1_CHANNELS[i - 1] ?? 0);
    const output = width(channels);
    numbers.set(`conv_dw_${i + 1}`, 3 * 3 * input);
    numbers.set(`conv_dw_${i + 1}_bn`, 4 * input);
    numbers.set(`conv_pw_${i + 1}`, input * output);
    numbers.set(`conv_pw_${i + 1}_bn`, 4 * output);
  });
  return [...numbers.keys()].sort().map((layer, i) => ({
    path: `group${i + 1}-shard1of1`,
    bytes: 4 * (numbers.get(layer) ?? 0),
    sha256: null,
  }));
}

/** Weight files of a model written as one group, cut every 4 MiB. */
function shardFiles(weightBytes: number): readonly BackboneFile[] {
  const count = Math.ceil(weightBytes / SHARD_BYTES);
  return Array.from({ length: count }, (_unused, i) => ({
    path: `group1-shard${i + 1}of${count}`,
    bytes: Math.min(SHARD_BYTES, weightBytes - i * SHARD_BYTES),
    sha256: null,
  }));
}

function modelJson(bytes: number): BackboneFile {
  return { path: 'model.json', bytes, sha256: null };
}

function sumOf(files: readonly BackboneFile[]): number {
  return files.reduce((sum, file) => sum + file.bytes, 0);
}

/** MobileNet v1 as a layers model, cut after the last convolution. Keras scaling: [-1, 1]. */
function v1Layers(id: string, alpha: number, folder: string, multiplyAddsM: number): BackboneCard {
  // 54,215 bytes in copies of the width 1 model; the others have a few digits fewer.
  const files = [modelJson(54_215), ...v1LayerFiles(alpha)];
  return {
    id,
    name: `MobileNet v1 ${alpha.toFixed(2)} (ImageNet)`,
    format: 'layers',
    source: {
      kind: 'download',
      modelUrl: `https://storage.googleapis.com/tfjs-models/tfjs/${folder}/model.json`,
      publisher: 'Google (TensorFlow.js models)',
    },
    licence: LICENCE,
    totalBytes: sumOf(files),
    files,
    inputSize: 224,
    inputRange: [-1, 1],
    embedding: { node: 'conv_pw_13_relu', width: 1024 * alpha, pool: true },
    featureMap: { node: 'conv_pw_13_relu', side: 7 },
    multiplyAddsM,
    golden: null,
    summaryKey: `backbone.summary.${id}`,
  };
}

/**
 * MobileNet v2 without its classifier, the layers models that Teachable Machine trains on. How
 * their weights are cut into files is not known here: `files` names model.json alone, and the
 * others are those of its weights manifest.
 */
function v2Layers(
  id: string,
  alpha: number,
  weightBytes: number,
  multiplyAddsM: number,
  golden: GoldenEmbedding | null,
): BackboneCard {
  const host = 'https://storage.googleapis.com/teachable-machine-models';
  const folder = `mobilenet_v2_weights_tf_dim_ordering_tf_kernels_${alpha.toFixed(2)}_224_no_top`;
  const json = modelJson(90_727);
  return {
    id,
    name: `MobileNet v2 ${alpha.toFixed(2)} (ImageNet)`,
    format: 'layers',
    source: {
      kind: 'download',
      modelUrl: `${host}/${folder}/model.json`,
      publisher: 'Google (Teachable Machine)',
    },
    licence: LICENCE,
    totalBytes: json.bytes + weightBytes,
    files: [json],
    inputSize: 224,
    inputRange: [-1, 1],
    embedding: { node: 'out_relu', width: 1280, pool: true },
    featureMap: { node: 'out_relu', side: 7 },
    multiplyAddsM,
    golden,
    summaryKey: `backbone.summary.${id}`,
  };
}

/** A TF Hub module converted to a graph model: scales [0, 1] to [-1, 1] inside. */
function hubGraph(
  id: string,
  version: 1 | 2,
  details: Pick<BackboneCard, 'embedding' | 'featureMap' | 'multiplyAddsM' | 'files'>,
): BackboneCard {
  const host = 'https://storage.googleapis.com/tfjs-models/savedmodel';
  return {
    id,
    name: `MobileNet v${version} 1.00 (ImageNet)`,
    format: 'mobilenet',
    mobilenet: { version, alpha: 1 },
    source: {
      kind: 'download',
      modelUrl: `${host}/mobilenet_v${version}_1.0_224/model.json`,
      publisher: 'Google (TensorFlow.js models)',
    },
    licence: LICENCE,
    totalBytes: sumOf(details.files),
    inputSize: 224,
    inputRange: [0, 1],
    golden: null,
    summaryKey: `backbone.summary.${id}`,
    ...details,
  };
}

/** In the order in which they are offered: the best value first. */
export const BACKBONE_CATALOGUE: readonly BackboneCard[] = [
  v2Layers('mobilenet-v2-035-224', 0.35, 1_640_832, 59, {
    // Measured on the frozen part of Teachable Machine's image exports, which is this network.
    input: 'sine',
    first: [
      0, 0, 0, 1.00882, 0.0370447, 0, 0.0412904, 0.169116, 0.143453, 5.04046, 0.0592435, 0, 0, 0,
      0.451368, 0,
    ],
    sum: 389.424,
    tolerance: 0.03,
  }),
  v2Layers('mobilenet-v2-050-224', 0.5, 2_824_896, 97, null),
  v2Layers('mobilenet-v2-075-224', 0.75, 5_528_256, 209, null),
  hubGraph('mobilenet-v2-100-224', 2, {
    embedding: {
      node: 'module_apply_default/MobilenetV2/Logits/AvgPool',
      width: 1280,
      pool: false,
    },
    featureMap: { node: 'module_apply_default/MobilenetV2/Conv_1/Relu6', side: 7 },
    multiplyAddsM: 300,
    // Topology 90,375 and weight names 15,791 bytes, as tf.js reports them when saving a copy.
    files: [modelJson(106_166), ...shardFiles(13_984_940)],
  }),
  v1Layers('mobilenet-v1-025-224', 0.25, 'mobilenet_v1_0.25_224', 41),
  v1Layers('mobilenet-v1-050-224', 0.5, 'mobilenet_v1_0.50_224', 149),
  v1Layers('mobilenet-v1-075-224', 0.75, 'mobilenet_v1_0.75_224', 325),
  hubGraph('mobilenet-v1-100-224', 1, {
    embedding: {
      node: 'module_apply_default/MobilenetV1/Logits/global_pool',
      width: 1024,
      pool: false,
    },
    featureMap: null,
    multiplyAddsM: 569,
    // Batch normalisation folded into the convolutions, 1001 classes: 4,227,021 numbers.
    files: [modelJson(116_944), ...shardFiles(16_908_084)],
  }),
];
