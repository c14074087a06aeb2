/**
 * Turns a backbone's bytes into what TensorFlow.js loads from memory, after checking that they fit
 * together: the library itself would read past a truncated file or fail with a message about offsets.
 */
import type { io } from '@tensorflow/tfjs-core';
import type { BackboneArtifacts, BackboneCard } from '../../domain/backbone-card.ts';
import { isRecord } from '../../domain/is-record.ts';
import { EngineError } from '../../protocol/errors.ts';

const BYTES_PER_VALUE: Readonly<Record<string, number>> = {
  float32: 4,
  int32: 4,
  bool: 1,
  uint8: 1,
  uint16: 2,
  float16: 2,
};

interface WeightsGroup {
  readonly paths: readonly string[];
  readonly weights: readonly io.WeightsManifestEntry[];
}

/** @throws EngineError `backbone-invalid` */
export function invalidBackbone(
  card: BackboneCard,
  message: string,
  detail: Readonly<Record<string, string | number>> = {},
): EngineError {
  return new EngineError({
    code: 'backbone-invalid',
    message: `${card.id}: ${message}`,
    detail: { backboneId: card.id, ...detail },
  });
}

/**
 * Checks the weights manifest against the weight bytes.
 * @throws EngineError `backbone-invalid` naming what is missing or how many bytes are wanted.
 */
export function toModelArtifacts(
  card: BackboneCard,
  artifacts: BackboneArtifacts,
): io.ModelArtifacts {
  const { modelJson, weights } = artifacts;
  if (!isRecord(modelJson)) throw invalidBackbone(card, 'model.json is not an object');
  const { modelTopology, weightsManifest, format, signature } = modelJson;
  if (!isRecord(modelTopology)) throw invalidBackbone(card, 'model.json has no modelTopology');
  if (!isWeightsManifest(weightsManifest)) {
    throw invalidBackbone(card, 'model.json has no usable weightsManifest');
  }
  const wantedFormat = card.format === 'layers' ? 'layers-model' : 'graph-model';
  // Early layers models have no format field.
  if (format !== undefined && format !== wantedFormat) {
    const got = typeof format === 'string' ? format : typeof format;
    const message = `model.json is a "${got}", the card says "${card.format}"`;
    throw invalidBackbone(card, message, { format: got, wanted: wantedFormat });
  }
  const weightSpecs = weightsManifest.flatMap((group) => [...group.weights]);
  const wantedBytes = weightSpecs.reduce((sum, spec) => sum + bytesOf(card, spec), 0);
  if (wantedBytes !== weights.byteLength) {
    const what = weights.byteLength < wantedBytes ? 'end too early' : 'are too long';
    const message = `the weights ${what}: ${weights.byteLength} of ${wantedBytes} bytes`;
    throw invalidBackbone(card, message, { bytes: weights.byteLength, wantedBytes });
  }
  return {
    modelTopology,
    weightSpecs,
    weightData: weights,
    format: wantedFormat,
    // Names the inputs and outputs of a graph model; without it the converter guesses from the nodes.
    ...(isRecord(signature) ? { signature } : {}),
  };
}

/**
 * Refuses a model whose input is not [any, size, size, 3]. Sides given as -1 or null are free.
 * @throws EngineError `backbone-invalid`
 */
export function checkInputShape(
  card: BackboneCard,
  shape: readonly (number | null)[] | undefined,
): void {
  if (shape === undefined) return;
  const wanted = [card.inputSize, card.inputSize, 3];
  const sides = shape.slice(1);
  const fits =
    sides.length === 3 && sides.every((side, i) => side === null || side < 0 || side === wanted[i]);
  if (fits) return;
  const got = sides.map((side) => side ?? '?').join('×');
  throw invalidBackbone(card, `the network takes ${got}, the card says ${wanted.join('×')}`, {
    inputShape: got,
    wanted: wanted.join('×'),
  });
}

function bytesOf(card: BackboneCard, spec: io.WeightsManifestEntry): number {
  const dtype = spec.quantization?.dtype ?? spec.dtype;
  const size = BYTES_PER_VALUE[dtype];
  if (size === undefined) {
    throw invalidBackbone(card, `weight "${spec.name}" has the type "${dtype}"`, { dtype });
  }
  return spec.shape.reduce((product, side) => product * side, size);
}

function isWeightsManifest(value: unknown): value is readonly WeightsGroup[] {
  if (!Array.isArray(value) || value.length === 0) return false;
  return value.every(
    (group: unknown) =>
      isRecord(group) && Array.isArray(group['weights']) && group['weights'].every(isWeightSpec),
  );
}

function isWeightSpec(spec: unknown): boolean {
  return (
    isRecord(spec) &&
    typeof spec['name'] === 'string' &&
    typeof spec['dtype'] === 'string' &&
    Array.isArray(spec['shape']) &&
    spec['shape'].every((side) => Number.isSafeInteger(side) && (side as number) >= 0)
  );
}
