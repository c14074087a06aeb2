/** The update rules of optimizer-rules.ts in TensorFlow.js ops, few and whole-layer. */
import {
  add,
  div,
  dispose,
  keep,
  mul,
  sqrt,
  square,
  sub,
  tensor2d,
  tidy,
  zerosLike,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { OptimizerMemory } from './head-math.ts';
import {
  ADAM_BETA_1,
  ADAM_BETA_2,
  adamCoefficients,
  decaysByGradient,
  decaysDecoupled,
  EPSILON,
  isAdaptive,
  RMSPROP_DECAY,
  type OptimizerSettings,
} from './optimizer-rules.ts';

/** A layer's parameters [units, stride], last column the bias, with the optimizer's memory of it. */
export interface TensorLayer {
  /** Replaced at every step; owned here. */
  readonly values: Tensor2D;
  /** Takes one step along `gradient`, which stays the caller's. Step numbers start at 1. */
  apply(gradient: Tensor2D, learningRate: number, stepNumber: number): void;
  /** Owned here; null where the rule keeps none. */
  readonly memory: { readonly first: Tensor2D | null; readonly second: Tensor2D | null };
  dispose(): void;
}

interface Moments {
  readonly values: Tensor2D;
  readonly first: Tensor2D | null;
  readonly second: Tensor2D | null;
}

export function createTensorLayer(
  initial: Float32Array,
  stride: number,
  settings: OptimizerSettings,
  before?: OptimizerMemory['layers'][number],
): TensorLayer {
  const shape: [number, number] = [initial.length / stride, stride];
  const values = tensor2d(initial.slice(), shape);
  const remembered = (numbers: Float32Array | null | undefined): Tensor2D =>
    numbers === null || numbers === undefined
      ? zerosLike(values)
      : tensor2d(numbers.slice(), shape);
  const keepsSecond = isAdaptive(settings) || settings.optimizer === 'rmsprop';
  let now: Moments = {
    values,
    first: settings.optimizer === 'sgd' ? null : remembered(before?.first),
    second: keepsSecond ? remembered(before?.second) : null,
  };
  // [1, stride]: 1 for weights, 0 for the bias.
  const weightColumns = tensor2d(new Float32Array(stride).fill(1, 0, stride - 1), [1, stride]);

  return {
    get values() {
      return now.values;
    },
    get memory() {
      return now;
    },
    apply(gradient, learningRate, stepNumber) {
      const before = now;
      tidy(() => {
        const next = stepOf(before, weightColumns, gradient, learningRate, stepNumber, settings);
        for (const tensor of tensorsOf(next)) keep(tensor);
        now = next;
      });
      dispose(tensorsOf(before));
    },
    dispose() {
      dispose([...tensorsOf(now), weightColumns]);
    },
  };
}

function tensorsOf(moments: Moments): Tensor[] {
  return [moments.values, moments.first, moments.second].filter((tensor) => tensor !== null);
}

function stepOf(
  { values, first, second }: Moments,
  weightColumns: Tensor2D,
  dataGradient: Tensor2D,
  rate: number,
  stepNumber: number,
  settings: OptimizerSettings,
): Moments {
  const { optimizer, momentum, weightDecay } = settings;
  const gradient: Tensor2D = decaysByGradient(settings)
    ? add(dataGradient, mul(values, mul(weightColumns, weightDecay)))
    : dataGradient;
  const held: Tensor2D = decaysDecoupled(settings)
    ? mul(values, sub(1, mul(weightColumns, rate * weightDecay)))
    : values;
  if (optimizer === 'sgd' || first === null) {
    return { values: sub(held, mul(gradient, rate)), first: null, second: null };
  }
  if (optimizer === 'momentum' || second === null) {
    const velocity: Tensor2D = sub(mul(first, momentum), mul(gradient, rate));
    return { values: add(held, velocity), first: velocity, second: null };
  }
  if (optimizer === 'rmsprop') {
    const meanSquare: Tensor2D = add(
      mul(second, RMSPROP_DECAY),
      mul(square(gradient), 1 - RMSPROP_DECAY),
    );
    const pull = div(mul(gradient, rate), sqrt(add(meanSquare, EPSILON)));
    const velocity: Tensor2D = add(mul(first, momentum), pull);
    return { values: sub(held, velocity), first: velocity, second: meanSquare };
  }
  const { stepSize, epsilon } = adamCoefficients(rate, stepNumber);
  const m: Tensor2D = add(mul(first, ADAM_BETA_1), gradient);
  const s: Tensor2D = add(mul(second, ADAM_BETA_2), square(gradient));
  const pull = div(mul(m, stepSize), add(sqrt(s), epsilon));
  return { values: sub(held, pull), first: m, second: s };
}
