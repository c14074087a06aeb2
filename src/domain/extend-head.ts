/**
 * A trained head as the start of another training: with room for new classes, and for inputs that are
 * standardised by other figures. What it says about the old classes stays what it was.
 */
import type { HeadWeights } from './head.ts';

/**
 * Adds outputs behind the old ones. Their weights are 0, so among themselves the old classes keep
 * their order; their bias is the mean of the old ones, neither favoured nor shut out.
 * Throws RangeError when there would be fewer classes than before.
 */
export function withClasses(head: HeadWeights, classCount: number): HeadWeights {
  const old = head.classCount;
  if (classCount < old) throw new RangeError(`${old} classes cannot become ${classCount}`);
  if (classCount === old) return head;
  const fanIn = head.hiddenUnits === 0 ? head.inputDim : head.hiddenUnits;
  const outputKernel = new Float32Array(fanIn * classCount);
  for (let d = 0; d < fanIn; d++) {
    outputKernel.set(head.outputKernel.subarray(d * old, (d + 1) * old), d * classCount);
  }
  const mean = head.outputBias.reduce((sum, value) => sum + value, 0) / old;
  const outputBias = new Float32Array(classCount).fill(mean);
  outputBias.set(head.outputBias);
  return { ...head, classCount, outputKernel, outputBias };
}

/**
 * The same function of the embedding, written for other standardisation figures m', s'. With x' =
 * (x − m') / s', the old input (x − m) / s is x' · s' / s + (m' − m) / s.
 */
export function withStandardisation(
  head: HeadWeights,
  target: HeadWeights['standardisation'],
): HeadWeights {
  const from = head.standardisation;
  if (from === target) return head;
  const isLinear = head.hiddenKernel === null || head.hiddenBias === null;
  const kernel = isLinear ? head.outputKernel : head.hiddenKernel;
  const bias = isLinear ? head.outputBias : head.hiddenBias;
  const units = bias.length;
  const newKernel = new Float32Array(kernel.length);
  const newBias = Float64Array.from(bias);
  for (let d = 0; d < head.inputDim; d++) {
    const scale = from?.scale[d] ?? 1;
    const factor = (target?.scale[d] ?? 1) / scale;
    const offset = ((target?.mean[d] ?? 0) - (from?.mean[d] ?? 0)) / scale;
    for (let u = 0; u < units; u++) {
      const weight = kernel[d * units + u] ?? 0;
      newKernel[d * units + u] = weight * factor;
      newBias[u] = (newBias[u] ?? 0) + weight * offset;
    }
  }
  const changed = Float32Array.from(newBias);
  return isLinear
    ? { ...head, standardisation: target, outputKernel: newKernel, outputBias: changed }
    : { ...head, standardisation: target, hiddenKernel: newKernel, hiddenBias: changed };
}
