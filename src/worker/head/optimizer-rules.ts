/**
 * The update rules both implementations follow, as constants and per-step coefficients:
 *
 * - sgd:      θ ← θ − η g
 * - momentum: v ← μ v − η g,  θ ← θ + v   (Sutskever et al., ICML 2013, eq. 1–2)
 * - rmsprop:  s ← ρ s + (1 − ρ) g²  (Tieleman & Hinton 2012, ρ = 0.9), with momentum as in
 *             TensorFlow: v ← μ v + η g / √(s + ε),  θ ← θ − v
 * - adam:     Kingma & Ba, ICLR 2015, algorithm 1 (β₁ = 0.9, β₂ = 0.999)
 * - adamw:    adam with decoupled decay, θ ← θ − η λ θ beside the step (Loshchilov & Hutter, ICLR
 *             2019, algorithm 2; as in PyTorch λ is multiplied by the whole learning rate)
 *
 * Everywhere else weight decay λ adds λ θ to the gradient. Biases are never decayed. The order is
 * that of PyTorch: the norm of the data gradient is clipped first, then decay is added.
 */
import type { Hyperparameters } from '../../domain/hyperparameters.ts';

export type OptimizerSettings = Pick<Hyperparameters, 'optimizer' | 'momentum' | 'weightDecay'>;

export const RMSPROP_DECAY = 0.9;
export const ADAM_BETA_1 = 0.9;
export const ADAM_BETA_2 = 0.999;
/** 1e-8 in the paper; 1e-7 is the smallest that survives GPUs computing in 16 bits. */
export const EPSILON = 1e-7;

export function isAdaptive(settings: OptimizerSettings): boolean {
  return settings.optimizer === 'adam' || settings.optimizer === 'adamw';
}

export function decaysDecoupled(settings: OptimizerSettings): boolean {
  return settings.optimizer === 'adamw' && settings.weightDecay > 0;
}

export function decaysByGradient(settings: OptimizerSettings): boolean {
  return settings.optimizer !== 'adamw' && settings.weightDecay > 0;
}

export interface AdamCoefficients {
  readonly stepSize: number;
  readonly epsilon: number;
}

/**
 * Adam with its bias corrections moved out of the loop. With M ← β₁M + g and S ← β₂S + g² (the moments
 * without their 1 − β factors), θ ← θ − stepSize·M / (√S + epsilon) is exactly algorithm 1 at step
 * `stepNumber` (1 for the first).
 */
export function adamCoefficients(learningRate: number, stepNumber: number): AdamCoefficients {
  const firstScale = (1 - ADAM_BETA_1) / (1 - ADAM_BETA_1 ** stepNumber);
  const secondScale = (1 - ADAM_BETA_2) / (1 - ADAM_BETA_2 ** stepNumber);
  const root = Math.sqrt(secondScale);
  return { stepSize: (learningRate * firstScale) / root, epsilon: EPSILON / root };
}
