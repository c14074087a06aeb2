import { describe, expect, it } from 'vitest';
import { readModelJson } from './model-json.ts';
import { recogniseModel } from './recognise-model.ts';

type Node = { name: string; op: string; input?: string[]; attr?: unknown };

const placeholder = (size: string): Node => ({
  name: 'images',
  op: 'Placeholder',
  attr: {
    shape: { shape: { dim: [{ size: '-1' }, { size }, { size }, { size: '3' }] } },
  },
});

function graph(nodes: readonly Node[], weights: readonly object[]): string {
  return JSON.stringify({
    format: 'graph-model',
    modelTopology: { node: nodes },
    weightsManifest: [{ paths: ['weights.bin'], weights }],
  });
}

/** The tail of a TF Hub MobileNet v2 graph whose last convolution takes `channels`. */
function mobilenetV2(channels: number, size = '224', quantization?: { dtype: string }): string {
  const prefix = 'module_apply_default/MobilenetV2';
  return graph(
    [
      placeholder(size),
      { name: 'k', op: 'Const' },
      { name: `${prefix}/Conv_1/Relu6`, op: '_FusedConv2D', input: ['images', 'k'] },
      {
        name: `${prefix}/Logits/AvgPool`,
        op: 'Mean',
        input: [`${prefix}/Conv_1/Relu6:0`, 'axes'],
      },
    ],
    [{ name: 'k', shape: [1, 1, channels, 1280], dtype: 'float32', quantization }],
  );
}

/** MobileNet v1, not fused: convolution, normalisation and activation are nodes of their own. */
function mobilenetV1(channels: number): string {
  const prefix = 'module_apply_default/MobilenetV1';
  return graph(
    [
      placeholder('-1'),
      { name: 'k', op: 'Const' },
      { name: 'conv', op: 'Conv2D', input: ['images', 'k'] },
      { name: 'bias', op: 'BiasAdd', input: ['conv', 'b'] },
      { name: `${prefix}/Conv2d_13_pointwise/Relu6`, op: 'Relu6', input: ['bias'] },
      {
        name: `${prefix}/Logits/global_pool`,
        op: 'Mean',
        input: [`${prefix}/Conv2d_13_pointwise/Relu6`, 'axes'],
      },
    ],
    [{ name: 'k', shape: [1, 1, channels, channels], dtype: 'float32' }],
  );
}

function keras(layerName: string, kernel: string, shape: number[], deeper = false): string {
  const config = {
    class_name: 'Model',
    config: {
      layers: [
        {
          class_name: 'InputLayer',
          name: 'input_1',
          config: { batch_input_shape: [null, 192, 192, 3] },
        },
        { class_name: 'ReLU', config: { name: layerName } },
      ],
    },
  };
  return JSON.stringify({
    modelTopology: deeper ? { keras_version: '2', model_config: config } : config,
    weightsManifest: [{ paths: ['w.bin'], weights: [{ name: kernel, shape, dtype: 'float32' }] }],
  });
}

describe('recogniseModel', () => {
  it('knows the graphs of @tensorflow-models/mobilenet and their range', () => {
    expect(recogniseModel(readModelJson(mobilenetV2(320)))).toMatchObject({
      format: 'mobilenet',
      mobilenet: { version: 2, alpha: 1 },
      inputSize: 224,
      inputRange: [0, 1],
      embeddingNode: 'module_apply_default/MobilenetV2/Logits/AvgPool',
      featureMapNode: 'module_apply_default/MobilenetV2/Conv_1/Relu6',
      pool: false,
      licence: 'Apache-2.0',
    });
    expect(recogniseModel(readModelJson(mobilenetV1(256)))).toMatchObject({
      format: 'mobilenet',
      mobilenet: { version: 1, alpha: 0.25 },
      inputSize: 224,
      inputRange: [0, 1],
      featureMapNode: 'module_apply_default/MobilenetV1/Conv2d_13_pointwise/Relu6',
    });
  });

  it('tells every width of version 2 from the channels', () => {
    const alphas = [112, 160, 240, 320, 416, 448].map(
      (channels) => recogniseModel(readModelJson(mobilenetV2(channels))).mobilenet?.alpha,
    );
    expect(alphas).toEqual([0.35, 0.5, 0.75, 1, 1.3, 1.4]);
  });

  it('runs as a plain graph what the library cannot', () => {
    expect(recogniseModel(readModelJson(mobilenetV2(112))).format).toBe('graph');
    const small = recogniseModel(readModelJson(mobilenetV2(320, '160')));
    expect(small).toMatchObject({ format: 'graph', inputSize: 160, inputRange: [0, 1] });
  });

  it('names the precision of the weights', () => {
    const eight = readModelJson(mobilenetV2(320, '224', { dtype: 'uint8' }));
    expect(recogniseModel(eight).name).toBe('MobileNetV2 1.00 (224 px, 8-bit)');
  });

  it.each([false, true])('knows Keras layers models (configuration deeper: %s)', (deeper) => {
    const v2 = keras('out_relu', 'Conv_1/kernel', [1, 1, 112, 1280], deeper);
    expect(recogniseModel(readModelJson(v2))).toMatchObject({
      format: 'layers',
      inputSize: 192,
      inputRange: [-1, 1],
      embeddingNode: 'out_relu',
      pool: true,
      name: 'MobileNetV2 0.35 (192 px)',
    });
    const v1 = keras('conv_pw_13_relu', 'conv_pw_13/kernel', [1, 1, 256, 256], deeper);
    expect(recogniseModel(readModelJson(v1)).name).toBe('MobileNetV1 0.25 (192 px)');
  });

  it('asks for what it cannot tell', () => {
    const other = graph([placeholder('96'), { name: 'out', op: 'Relu' }], []);
    const description = readModelJson(other);
    expect(() => recogniseModel(description)).toThrow('--embedding=');
    expect(() => recogniseModel(description, { embeddingNode: 'out' })).toThrow('--input-range=');
    expect(recogniseModel(description, { embeddingNode: 'out', inputRange: [0, 1] })).toMatchObject(
      { format: 'graph', inputSize: 96, featureMapNode: null, licence: null },
    );
  });

  it('lets the command line win', () => {
    const hints = { inputRange: [-1, 1] as const, inputSize: 128 };
    expect(recogniseModel(readModelJson(mobilenetV2(320, '-1')), hints)).toMatchObject({
      format: 'graph',
      inputRange: [-1, 1],
      inputSize: 128,
    });
  });
});

describe('readModelJson', () => {
  it('refuses what is no model, in words', () => {
    expect(() => readModelJson('<!doctype html>')).toThrow('not JSON');
    expect(() => readModelJson('{"ids":[]}')).toThrow('not a TensorFlow.js model');
    const sequential = {
      modelTopology: {
        class_name: 'Sequential',
        config: { layers: [{ class_name: 'Model', config: {} }] },
      },
      weightsManifest: [{ paths: ['weights.bin'], weights: [] }],
    };
    expect(() => readModelJson(JSON.stringify(sequential))).toThrow('Teachable Machine');
    const empty = { ...sequential, modelTopology: { node: [] } };
    expect(() => readModelJson(JSON.stringify(empty))).toThrow('neither graph nodes');
  });
});
