/** Reads what `models:add` needs out of a TF.js `model.json`, which anybody may have written. */
import { z } from 'zod';
import { ModelRefused } from './model-refused.ts';

const weightSpec = z.object({
  name: z.string(),
  shape: z.array(z.number()),
  dtype: z.string(),
  quantization: z.object({ dtype: z.string() }).optional(),
});

const graphNode = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z
    .object({
      shape: z
        .object({
          shape: z
            .object({
              dim: z.array(z.object({ size: z.union([z.string(), z.number()]) })).optional(),
            })
            .optional(),
        })
        .optional(),
    })
    .optional(),
});

const layer = z.object({
  class_name: z.string(),
  name: z.string().optional(),
  config: z.object({
    name: z.string().optional(),
    batch_input_shape: z.array(z.number().nullable()).optional(),
  }),
});

const modelJson = z.object({
  modelTopology: z.record(z.string(), z.unknown()),
  weightsManifest: z
    .array(z.object({ paths: z.array(z.string()).min(1), weights: z.array(weightSpec) }))
    .min(1),
});

const graphTopology = z.object({ node: z.array(graphNode).min(1) });
const layersConfig = z.object({
  class_name: z.string(),
  config: z.object({ layers: z.array(layer).min(1) }),
});

export type WeightSpec = z.infer<typeof weightSpec>;
export type GraphNode = z.infer<typeof graphNode>;
export type LayerEntry = z.infer<typeof layer>;

export interface ModelDescription {
  readonly kind: 'graph' | 'layers';
  readonly nodes: readonly GraphNode[];
  readonly layers: readonly LayerEntry[];
  readonly weights: readonly WeightSpec[];
  /** Relative to model.json, in the order in which they are joined. */
  readonly weightPaths: readonly string[];
}

/** @throws ModelRefused saying what is wrong with the file */
export function readModelJson(text: string): ModelDescription {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new ModelRefused('model.json is not JSON. Is it a page that says "not found"?');
  }
  const outer = modelJson.safeParse(parsed);
  if (!outer.success) {
    throw new ModelRefused(
      'model.json is not a TensorFlow.js model: it needs modelTopology and weightsManifest.',
    );
  }
  const { modelTopology, weightsManifest } = outer.data;
  const shared = {
    weights: weightsManifest.flatMap((group) => group.weights),
    weightPaths: weightsManifest.flatMap((group) => group.paths),
  };
  const graph = graphTopology.safeParse(modelTopology);
  if (graph.success) return { kind: 'graph', nodes: graph.data.node, layers: [], ...shared };

  // Keras puts the configuration one level deeper than TF.js does.
  const layers = layersConfig.safeParse(modelTopology['model_config'] ?? modelTopology);
  if (!layers.success) {
    throw new ModelRefused('model.json has neither graph nodes nor a list of layers.');
  }
  if (layers.data.class_name === 'Sequential') {
    throw new ModelRefused(
      'This is a whole classifier (a Sequential model, as Teachable Machine exports it), not a backbone.',
    );
  }
  return { kind: 'layers', nodes: [], layers: layers.data.config.layers, ...shared };
}
