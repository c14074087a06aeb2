/** Which setting made a run's loss run away: what is named when it has ended as no number. */
import type { Hyperparameters } from './hyperparameters.ts';

/** From here on the learning rate alone explains it, whatever else is set. */
const HIGH_RATE = 0.5;

/**
 * Each step multiplies the weights by 1 − rate · decay (with momentum as if by rate / (1 − momentum)):
 * beyond 2 they grow without any gradient's help, and a lower rate or a lower decay cures it; the decay
 * is named when the rate is one that would do by itself. Otherwise steps were too long.
 */
export function settingToLower({
  learningRate,
  weightDecay,
  optimizer,
  momentum,
}: Hyperparameters): 'learningRate' | 'weightDecay' | 'momentum' {
  const hasMomentum = optimizer === 'momentum' || optimizer === 'rmsprop';
  const reach = hasMomentum ? 1 / (1 - momentum) : 1;
  const scalesGradient = optimizer === 'adam' || optimizer === 'rmsprop';
  if (learningRate < HIGH_RATE && !scalesGradient && learningRate * weightDecay * reach > 2) {
    return 'weightDecay';
  }
  if (hasMomentum && momentum > 0.95 && learningRate < HIGH_RATE) return 'momentum';
  return 'learningRate';
}
