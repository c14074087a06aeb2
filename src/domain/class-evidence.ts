/**
 * Where in a photo the evidence for each class lies: class activation maps of a head on top of global
 * average pooling.
 *
 * A linear head's logit is a sum over places, because pooling is: B. Zhou et al., "Learning deep
 * features for discriminative localization", CVPR 2016. A hidden ReLU layer is linear as long as its
 * gates stay as they are for this photo, so gradient times activation splits its logit in the same
 * exact way; since pooling makes the gradient equal at every place, that is also Grad-CAM (R. R.
 * Selvaraju et al., ICCV 2017) before it cuts negative values off.
 *
 * Features are taken relative to the head's standardisation: zero means "as much as the average
 * training photo has", and what is left over beside the map is the head's own bias.
 */
import type { HeadWeights } from './head.ts';

export interface ClassEvidence {
  /** [classCount, places] row-major: a share of the class's logit for each place. */
  readonly maps: Float32Array;
  /** [classCount]: the logit minus the sum of the map. */
  readonly biases: Float32Array;
}

/**
 * `embedding` is [inputDim], the mean over places of `features` [places, inputDim] row-major.
 * Throws RangeError when the sizes do not fit.
 */
export function classEvidence(
  head: HeadWeights,
  embedding: Float32Array,
  features: Float32Array,
): ClassEvidence {
  const { inputDim, classCount } = head;
  const places = features.length / inputDim;
  if (embedding.length !== inputDim || !Number.isInteger(places) || places < 1) {
    throw new RangeError(
      `${embedding.length} and ${features.length} numbers do not fit a head of ${inputDim} inputs`,
    );
  }
  const { weights, biases } = logitGradient(head, embedding);
  const mean = head.standardisation?.mean ?? null;
  const maps = new Float32Array(classCount * places);
  const sums = new Float64Array(classCount);
  for (let place = 0; place < places; place++) {
    sums.fill(0);
    const start = place * inputDim;
    for (let d = 0; d < inputDim; d++) {
      const value = (features[start + d] ?? 0) - (mean === null ? 0 : (mean[d] ?? 0));
      if (value === 0) continue;
      const row = d * classCount;
      for (let k = 0; k < classCount; k++) {
        sums[k] = (sums[k] ?? 0) + value * (weights[row + k] ?? 0);
      }
    }
    for (let k = 0; k < classCount; k++) maps[k * places + place] = (sums[k] ?? 0) / places;
  }
  return { maps, biases };
}

/**
 * Slope of each logit in each embedding value at `embedding`, [inputDim, classCount], and the rest:
 * logit = sum of slope × (value − mean) + bias. Exact at this point, and around it for as long as no
 * hidden unit starts or stops.
 */
function logitGradient(
  head: HeadWeights,
  embedding: Float32Array,
): { readonly weights: Float64Array; readonly biases: Float32Array } {
  const { inputDim, classCount, hiddenKernel, hiddenBias, outputKernel, outputBias } = head;
  const scale = head.standardisation?.scale ?? null;
  const weights = new Float64Array(inputDim * classCount);
  if (hiddenKernel === null || hiddenBias === null) {
    for (let d = 0; d < inputDim; d++) {
      const divisor = scale === null ? 1 : (scale[d] ?? 1);
      for (let k = 0; k < classCount; k++) {
        const at = d * classCount + k;
        weights[at] = (outputKernel[at] ?? 0) / divisor;
      }
    }
    return { weights, biases: outputBias.slice() };
  }
  const units = hiddenBias.length;
  const active = activeUnits(head, hiddenKernel, hiddenBias, embedding);
  const biases = Float64Array.from(outputBias);
  for (const u of active) {
    for (let k = 0; k < classCount; k++) {
      biases[k] = (biases[k] ?? 0) + (hiddenBias[u] ?? 0) * (outputKernel[u * classCount + k] ?? 0);
    }
  }
  for (let d = 0; d < inputDim; d++) {
    const divisor = scale === null ? 1 : (scale[d] ?? 1);
    for (const u of active) {
      const slope = (hiddenKernel[d * units + u] ?? 0) / divisor;
      for (let k = 0; k < classCount; k++) {
        const at = d * classCount + k;
        weights[at] = (weights[at] ?? 0) + slope * (outputKernel[u * classCount + k] ?? 0);
      }
    }
  }
  return { weights, biases: Float32Array.from(biases) };
}

/** Numbers of the hidden units that are above zero for this embedding. */
function activeUnits(
  head: HeadWeights,
  hiddenKernel: Float32Array,
  hiddenBias: Float32Array,
  embedding: Float32Array,
): readonly number[] {
  const { standardisation } = head;
  const units = hiddenBias.length;
  const sums = Float64Array.from(hiddenBias);
  for (let d = 0; d < head.inputDim; d++) {
    const raw = embedding[d] ?? 0;
    const input =
      standardisation === null
        ? raw
        : Math.fround((raw - (standardisation.mean[d] ?? 0)) / (standardisation.scale[d] ?? 1));
    if (input === 0) continue;
    for (let u = 0; u < units; u++) {
      sums[u] = (sums[u] ?? 0) + input * (hiddenKernel[d * units + u] ?? 0);
    }
  }
  const active: number[] = [];
  sums.forEach((sum, u) => {
    if (sum > 0) active.push(u);
  });
  return active;
}
