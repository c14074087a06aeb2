/** The update rules of optimizer-rules.ts on typed arrays, one fused pass over the parameters. */
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

export interface PlainLayer {
  /** [units, stride]; the last column is the bias. Updated in place. */
  readonly values: Float32Array;
  /** Same shape; overwritten by weight decay. */
  readonly gradient: Float32Array;
  readonly stride: number;
}

export interface PlainOptimizer {
  /** Applies one step to every layer. */
  apply(learningRate: number): void;
  /** Copies of the memory of each layer; null where the rule keeps none. */
  memory(): readonly {
    readonly first: Float32Array | null;
    readonly second: Float32Array | null;
  }[];
}

export function createPlainOptimizer(
  layers: readonly PlainLayer[],
  settings: OptimizerSettings,
  resume?: OptimizerMemory,
): PlainOptimizer {
  const keepsSecond = isAdaptive(settings) || settings.optimizer === 'rmsprop';
  const states = layers.map((layer, i) => {
    const before = resume?.layers[i];
    const fresh = (isKept: boolean) => new Float32Array(isKept ? layer.values.length : 0);
    return {
      layer,
      first: before?.first?.slice() ?? fresh(settings.optimizer !== 'sgd'),
      second: before?.second?.slice() ?? fresh(keepsSecond),
    };
  });
  const copyOf = (values: Float32Array) => (values.length === 0 ? null : values.slice());
  let stepNumber = resume?.steps ?? 0;

  return {
    memory: () =>
      states.map(({ first, second }) => ({ first: copyOf(first), second: copyOf(second) })),
    apply(learningRate) {
      stepNumber += 1;
      for (const { layer, first, second } of states) {
        decay(layer, settings, learningRate);
        const { values, gradient } = layer;
        switch (settings.optimizer) {
          case 'sgd':
            for (let i = 0; i < values.length; i++) values[i]! -= learningRate * gradient[i]!;
            break;
          case 'momentum':
            momentumStep(values, gradient, first, settings.momentum, learningRate);
            break;
          case 'rmsprop':
            rmspropStep(values, gradient, first, second, settings.momentum, learningRate);
            break;
          case 'adam':
          case 'adamw':
            adamStep(values, gradient, first, second, learningRate, stepNumber);
            break;
        }
      }
    },
  };
}

function decay(layer: PlainLayer, settings: OptimizerSettings, learningRate: number): void {
  const { values, gradient, stride } = layer;
  const bias = stride - 1;
  if (decaysDecoupled(settings)) {
    const kept = 1 - learningRate * settings.weightDecay;
    for (let row = 0; row < values.length; row += stride) {
      for (let k = 0; k < bias; k++) values[row + k]! *= kept;
    }
  } else if (decaysByGradient(settings)) {
    const factor = settings.weightDecay;
    for (let row = 0; row < values.length; row += stride) {
      for (let k = 0; k < bias; k++) gradient[row + k]! += factor * values[row + k]!;
    }
  }
}

function momentumStep(
  values: Float32Array,
  gradient: Float32Array,
  velocity: Float32Array,
  momentum: number,
  learningRate: number,
): void {
  for (let i = 0; i < values.length; i++) {
    const speed = momentum * velocity[i]! - learningRate * gradient[i]!;
    velocity[i] = speed;
    values[i]! += speed;
  }
}

function rmspropStep(
  values: Float32Array,
  gradient: Float32Array,
  velocity: Float32Array,
  meanSquare: Float32Array,
  momentum: number,
  learningRate: number,
): void {
  for (let i = 0; i < values.length; i++) {
    const g = gradient[i]!;
    const square = RMSPROP_DECAY * meanSquare[i]! + (1 - RMSPROP_DECAY) * g * g;
    meanSquare[i] = square;
    const speed = momentum * velocity[i]! + (learningRate * g) / Math.sqrt(square + EPSILON);
    velocity[i] = speed;
    values[i]! -= speed;
  }
}

function adamStep(
  values: Float32Array,
  gradient: Float32Array,
  first: Float32Array,
  second: Float32Array,
  learningRate: number,
  stepNumber: number,
): void {
  const { stepSize, epsilon } = adamCoefficients(learningRate, stepNumber);
  for (let i = 0; i < values.length; i++) {
    const g = gradient[i]!;
    const m = ADAM_BETA_1 * first[i]! + g;
    const s = ADAM_BETA_2 * second[i]! + g * g;
    first[i] = m;
    second[i] = s;
    values[i]! -= (stepSize * m) / (Math.sqrt(s) + epsilon);
  }
}
