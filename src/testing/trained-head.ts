/** Heads with weights as training leaves them, for tests of exports. */
import type { HeadWeights } from '../domain/head.ts';
import { createRandom } from '../domain/random.ts';

export function randomHead(
  inputDim: number,
  classCount: number,
  options: {
    readonly hiddenUnits?: number;
    readonly standardise?: boolean;
    readonly seed?: number;
  } = {},
): HeadWeights {
  const { hiddenUnits = 0, standardise = true, seed = 1 } = options;
  const random = createRandom(seed);
  const normals = (count: number, deviation: number): Float32Array =>
    Float32Array.from({ length: count }, () => random.normal() * deviation);
  const fanIn = hiddenUnits === 0 ? inputDim : hiddenUnits;
  return {
    inputDim,
    hiddenUnits,
    classCount,
    standardisation: standardise
      ? {
          mean: Float32Array.from({ length: inputDim }, () => random.float()),
          scale: Float32Array.from({ length: inputDim }, () => 0.1 + random.float()),
        }
      : null,
    hiddenKernel:
      hiddenUnits === 0 ? null : normals(inputDim * hiddenUnits, Math.sqrt(2 / inputDim)),
    hiddenBias: hiddenUnits === 0 ? null : normals(hiddenUnits, 0.1),
    outputKernel: normals(fanIn * classCount, Math.sqrt(1 / fanIn)),
    outputBias: normals(classCount, 0.1),
  };
}
