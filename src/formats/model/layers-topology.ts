/**
 * The topology of a TF.js layers model (Keras' own JSON) as far as these models need it: functional
 * models and stacks of layers. Both ways in which Keras has written stacks are read.
 */
import { z } from 'zod';
import { ModelFileError } from './model-file-error.ts';

const layer = z.looseObject({
  class_name: z.string().max(200),
  config: z.union([z.looseObject({}), z.array(z.unknown())]),
  inbound_nodes: z.array(z.unknown()).optional(),
});
export type Layer = z.infer<typeof layer>;

const functional = z.looseObject({
  name: z.string().optional(),
  layers: z
    .array(layer.extend({ name: z.string().max(500) }))
    .min(1)
    .max(5000),
  input_layers: z.array(z.unknown()).min(1),
  output_layers: z.array(z.unknown()).min(1),
});
export type FunctionalLayer = z.infer<typeof functional>['layers'][number];

export interface FunctionalModel {
  readonly name: string;
  readonly layers: readonly FunctionalLayer[];
  readonly input: string;
  readonly output: string;
}

/** The outermost layer of model.json. Throws ModelFileError 'graph-model' or 'not-a-model'. */
export function readTopology(modelJson: unknown): Layer {
  const { format, modelTopology } = (modelJson ?? {}) as Record<string, unknown>;
  const whole = (modelTopology ?? {}) as Record<string, unknown>;
  if (format === 'graph-model' || Array.isArray(whole['node'])) {
    throw new ModelFileError('graph-model');
  }
  const parsed = layer.safeParse(whole['model_config'] ?? whole);
  if (!parsed.success) throw new ModelFileError('not-a-model');
  return parsed.data;
}

export function isSequential({ class_name: name }: Layer): boolean {
  return name === 'Sequential';
}

export function isFunctional({ class_name: name }: Layer): boolean {
  return name === 'Model' || name === 'Functional';
}

/** What a stack consists of. */
export function stackOf({ config }: Layer): readonly Layer[] {
  const list = Array.isArray(config) ? config : config['layers'];
  const parsed = z.array(layer).max(5000).safeParse(list);
  if (!parsed.success) throw new ModelFileError('not-a-model');
  return parsed.data;
}

/** Throws ModelFileError when it has not exactly one input and one output. */
export function readFunctional({ config }: Layer): FunctionalModel {
  const parsed = functional.safeParse(config);
  if (!parsed.success) throw new ModelFileError('not-a-model');
  const { name = 'model', layers, input_layers: inputs, output_layers: outputs } = parsed.data;
  return { name, layers, input: onlyName(inputs), output: onlyName(outputs) };
}

/** [["name", 0, 0]], or ["name", 0, 0] as newer Keras writes a single one. */
function onlyName(places: readonly unknown[]): string {
  const [first] = places;
  if (typeof first === 'string') return first;
  const name: unknown = Array.isArray(first) && places.length === 1 ? first[0] : null;
  if (typeof name !== 'string') throw new ModelFileError('unsupported-layer', { name: '?' });
  return name;
}

/** Names of the layers that this one reads. A layer used twice is refused. */
export function inboundNames({
  name,
  inbound_nodes: nodes = [],
}: FunctionalLayer): readonly string[] {
  if (nodes.length === 0) return [];
  const [calls] = nodes;
  if (nodes.length > 1 || !Array.isArray(calls)) {
    throw new ModelFileError('unsupported-layer', { name });
  }
  return calls.map((call: unknown) => {
    const input: unknown = Array.isArray(call) ? call[0] : null;
    if (typeof input !== 'string') throw new ModelFileError('unsupported-layer', { name });
    return input;
  });
}

export function configOf({ config }: Layer): Readonly<Record<string, unknown>> {
  return Array.isArray(config) ? {} : config;
}

export function inputSizeOf(model: FunctionalModel): number {
  const input = model.layers.find((one) => one.name === model.input);
  const shape = input === undefined ? null : configOf(input)['batch_input_shape'];
  const [, height, width, channels] = Array.isArray(shape) ? (shape as unknown[]) : [];
  if (channels === 1) throw new ModelFileError('not-images', { what: 'grey' });
  if (typeof height !== 'number' || height !== width || channels !== 3) {
    throw new ModelFileError('wrong-shape', { name: model.input });
  }
  return height;
}

/** The layers that `output` depends on, and itself. */
export function pruneTo(model: FunctionalModel, output: string): FunctionalModel {
  const byName = new Map(model.layers.map((one) => [one.name, one]));
  const needed = new Set<string>();
  const stack = [output];
  for (let name = stack.pop(); name !== undefined; name = stack.pop()) {
    const one = byName.get(name);
    if (one === undefined) throw new ModelFileError('unsupported-layer', { name });
    if (needed.has(name)) continue;
    needed.add(name);
    stack.push(...inboundNames(one));
  }
  return { ...model, output, layers: model.layers.filter((one) => needed.has(one.name)) };
}
