/**
 * Weights of TensorFlow.js models: one block of bytes described by the `weightsManifest` of
 * model.json, plain or quantised, and the way back. Layout: tfjs-core's io documentation.
 */
import { z } from 'zod';
import { fitsHalf, fromHalf, toHalf } from '../../domain/half-floats.ts';
import { ModelFileError } from './model-file-error.ts';

export interface NamedTensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

const spec = z.object({
  name: z.string().max(500),
  shape: z.array(z.int().min(0)).max(8),
  dtype: z.enum(['float32', 'int32', 'bool']),
  quantization: z
    .object({
      dtype: z.enum(['uint8', 'uint16', 'float16']),
      min: z.number().optional(),
      scale: z.number().optional(),
    })
    .optional(),
});
const manifest = z
  .array(z.object({ paths: z.array(z.string().max(300)).max(1000), weights: z.array(spec) }))
  .min(1)
  .max(1000);

export type WeightsManifest = z.infer<typeof manifest>;
type Spec = z.infer<typeof spec>;

/** Throws ModelFileError 'missing-weights'. */
export function parseWeightsManifest(modelJson: unknown): WeightsManifest {
  const value = (modelJson as { weightsManifest?: unknown } | null)?.weightsManifest;
  const parsed = manifest.safeParse(value);
  if (!parsed.success) throw new ModelFileError('missing-weights');
  return parsed.data;
}

function bytesPerValue({ dtype, quantization }: Spec): number {
  if (quantization !== undefined) return quantization.dtype === 'uint8' ? 1 : 2;
  return dtype === 'bool' ? 1 : 4;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((all, side) => all * side, 1);

/**
 * Every tensor by name; integers become floats, which holds for the small ones that networks use.
 * Throws ModelFileError 'weights-length' when the bytes are too few or too many.
 */
export function readTensors(
  groups: WeightsManifest,
  bytes: Uint8Array,
): ReadonlyMap<string, NamedTensor> {
  const specs = groups.flatMap((group) => group.weights);
  const wanted = specs.reduce((sum, one) => sum + sizeOf(one.shape) * bytesPerValue(one), 0);
  if (wanted !== bytes.length) {
    throw new ModelFileError('weights-length', { wanted, got: bytes.length });
  }
  const tensors = new Map<string, NamedTensor>();
  let offset = 0;
  for (const one of specs) {
    const count = sizeOf(one.shape);
    const length = count * bytesPerValue(one);
    const part = bytes.subarray(offset, offset + length);
    tensors.set(one.name, { name: one.name, shape: one.shape, values: decode(one, part, count) });
    offset += length;
  }
  return tensors;
}

function decode({ dtype, quantization }: Spec, bytes: Uint8Array, count: number): Float32Array {
  // Copied as a block: every browser is little-endian, as the files are.
  if (quantization === undefined && dtype === 'float32')
    return new Float32Array(bytes.slice().buffer);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = new Float32Array(count);
  const { min = 0, scale = 1 } = quantization ?? {};
  for (let i = 0; i < count; i++) {
    switch (quantization?.dtype ?? dtype) {
      case 'float32':
        break; // taken above
      case 'int32':
        out[i] = view.getInt32(i * 4, true);
        break;
      case 'bool':
        out[i] = bytes[i] ?? 0;
        break;
      case 'uint8':
        out[i] = (bytes[i] ?? 0) * scale + min;
        break;
      case 'uint16':
        out[i] = view.getUint16(i * 2, true) * scale + min;
        break;
      case 'float16':
        out[i] = fromHalf(view.getUint16(i * 2, true));
        break;
    }
  }
  return out;
}

export interface WrittenWeights {
  readonly specs: readonly Record<string, unknown>[];
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** @param halves write tensors that lose nothing by it with two bytes a number */
export function writeTensors(tensors: readonly NamedTensor[], halves: boolean): WrittenWeights {
  const plans = tensors.map((tensor) => ({ tensor, half: halves && fitsHalf(tensor.values) }));
  const length = plans.reduce(
    (sum, { tensor, half }) => sum + tensor.values.length * (half ? 2 : 4),
    0,
  );
  const bytes = new Uint8Array(length);
  const view = new DataView(bytes.buffer);
  let offset = 0;
  const specs = plans.map(({ tensor: { name, shape, values }, half }) => {
    if (half) values.forEach((value, i) => view.setUint16(offset + i * 2, toHalf(value), true));
    else bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
    offset += values.length * (half ? 2 : 4);
    const plain = { name, shape: [...shape], dtype: 'float32' };
    return half
      ? { ...plain, quantization: { dtype: 'float16', original_dtype: 'float32' } }
      : plain;
  });
  return { specs, bytes };
}
