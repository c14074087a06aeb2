/** Measures a loaded model: the shapes that its nodes give and the multiply-adds of one image. */
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { dispose, zeros, type io, type Tensor } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import type { GraphNode, ModelDescription } from './model-json.ts';
import { ModelRefused } from './model-refused.ts';
import type { RecognisedModel } from './recognise-model.ts';

export interface MeasuredModel {
  /** Shape of what the embedding node gives for one image. */
  readonly embeddingShape: readonly number[];
  readonly featureMapShape: readonly number[] | null;
  /** Convolutions and matrix products on the way to the embedding. */
  readonly multiplyAdds: number;
}

const product = (values: readonly number[]): number => values.reduce((a, b) => a * b, 1);

/**
 * Multiply-adds of one convolution: each output value takes one kernel's worth of them.
 * `kernel`: [height, width, in, out], or [height, width, channels, multiplier] for a depthwise one.
 */
export function convolutionMultiplyAdds(
  output: readonly number[],
  kernel: readonly number[],
  depthwise: boolean,
): number {
  const [kernelHeight = 0, kernelWidth = 0, inputChannels = 0] = kernel;
  const perValue = kernelHeight * kernelWidth * (depthwise ? 1 : inputChannels);
  return product(output.slice(1)) * perValue;
}

function nodesTowards(description: ModelDescription, target: string): readonly GraphNode[] {
  const byName = new Map(description.nodes.map((node) => [node.name, node]));
  const found = new Set<GraphNode>();
  const waiting = [target];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const node = byName.get(name.replace(/^\^/, '').replace(/:\d+$/, ''));
    if (node === undefined || found.has(node)) continue;
    found.add(node);
    waiting.push(...node.input);
  }
  return [...found];
}

async function measureGraph(
  description: ModelDescription,
  recognised: RecognisedModel,
  artifacts: io.ModelArtifacts,
): Promise<MeasuredModel> {
  const weights = new Map(description.weights.map(({ name, shape }) => [name, shape]));
  const counted = nodesTowards(description, recognised.embeddingNode)
    .filter(({ op }) => /Conv2[dD]|MatMul/.test(op))
    .flatMap((node) => {
      const kernel = weights.get((node.input[1] ?? '').replace(/:\d+$/, ''));
      return kernel === undefined ? [] : [{ node, kernel }];
    });
  const model = await loadGraphModel({ load: () => Promise.resolve(artifacts) });
  const input = zeros([1, recognised.inputSize, recognised.inputSize, 3]);
  const wanted = [
    recognised.embeddingNode,
    ...(recognised.featureMapNode === null ? [] : [recognised.featureMapNode]),
    ...counted.map(({ node }) => node.name),
  ];
  const names = [...new Set(wanted)];
  const result = model.execute(input, names);
  const outputs: readonly Tensor[] = Array.isArray(result) ? result : [result];
  const shapes = new Map(names.map((name, index) => [name, outputs[index]?.shape ?? []]));
  dispose([input, ...outputs]);
  model.dispose();
  const multiplyAdds = counted.reduce((sum, { node, kernel }) => {
    const output = shapes.get(node.name) ?? [];
    if (node.op.includes('MatMul')) return sum + product(kernel);
    return sum + convolutionMultiplyAdds(output, kernel, /depthwise/i.test(node.op));
  }, 0);
  return {
    embeddingShape: shapes.get(recognised.embeddingNode) ?? [],
    featureMapShape:
      recognised.featureMapNode === null ? null : (shapes.get(recognised.featureMapNode) ?? null),
    multiplyAdds,
  };
}

async function measureLayers(
  recognised: RecognisedModel,
  artifacts: io.ModelArtifacts,
): Promise<MeasuredModel> {
  const model = await loadLayersModel({ load: () => Promise.resolve(artifacts) });
  const position = model.layers.findIndex(({ name }) => name === recognised.embeddingNode);
  const embedding = model.layers[position];
  if (embedding === undefined) {
    throw new ModelRefused(`This model has no layer "${recognised.embeddingNode}".`);
  }
  const shapeOf = (layer: typeof embedding): readonly number[] =>
    [layer.outputShape].flat().map((side) => (typeof side === 'number' ? side : 1));
  let multiplyAdds = 0;
  for (const layer of model.layers.slice(0, position + 1)) {
    const kind = layer.getClassName();
    const kernel = layer.getWeights()[0]?.shape ?? [];
    if (kind === 'Dense') multiplyAdds += product(kernel);
    if (/Conv2D$/.test(kind)) {
      multiplyAdds += convolutionMultiplyAdds(shapeOf(layer), kernel, kind.startsWith('Depthwise'));
    }
  }
  const embeddingShape = shapeOf(embedding);
  model.dispose();
  return {
    embeddingShape,
    featureMapShape: recognised.featureMapNode === null ? null : embeddingShape,
    multiplyAdds,
  };
}

/** Needs an open backend. */
export function measureModel(
  description: ModelDescription,
  recognised: RecognisedModel,
  artifacts: io.ModelArtifacts,
): Promise<MeasuredModel> {
  return description.kind === 'graph'
    ? measureGraph(description, recognised, artifacts)
    : measureLayers(recognised, artifacts);
}
