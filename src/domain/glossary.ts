/** Which terms the glossary has, in which order, and which one explains which knob. The text is in i18n. */
import type { HyperparameterKey } from './hyperparameter-specs.ts';

export const GLOSSARY_GROUPS = {
  model: [
    'transfer-learning',
    'backbone',
    'embedding',
    'head',
    'hidden-units',
    'logits',
    'softmax',
  ],
  training: [
    'epoch',
    'batch',
    'loss',
    'gradient',
    'learning-rate',
    'schedule',
    'warm-up',
    'optimizer',
    'momentum',
    'gradient-clipping',
    'standardise',
    'seed',
  ],
  fit: ['overfitting', 'underfitting', 'early-stopping', 'patience', 'min-improvement'],
  'held-back': ['weight-decay', 'dropout', 'label-smoothing', 'class-balance', 'augmentation'],
  trust: [
    'validation',
    'test-photos',
    'leak',
    'label-noise',
    'interval',
    'confusion-matrix',
    'calibration',
  ],
} as const;

export type GlossaryGroup = keyof typeof GLOSSARY_GROUPS;
export type GlossaryTerm = (typeof GLOSSARY_GROUPS)[GlossaryGroup][number];

export const GLOSSARY_GROUP_NAMES = Object.keys(GLOSSARY_GROUPS) as readonly GlossaryGroup[];
export const GLOSSARY_TERMS: readonly GlossaryTerm[] = Object.values(GLOSSARY_GROUPS).flat();

export const TERM_OF_KNOB: Readonly<Record<HyperparameterKey, GlossaryTerm>> = {
  epochs: 'epoch',
  learningRate: 'learning-rate',
  batchSize: 'batch',
  optimizer: 'optimizer',
  momentum: 'momentum',
  schedule: 'schedule',
  warmup: 'warm-up',
  hiddenUnits: 'hidden-units',
  dropout: 'dropout',
  weightDecay: 'weight-decay',
  labelSmoothing: 'label-smoothing',
  balanceClasses: 'class-balance',
  standardise: 'standardise',
  gradientClip: 'gradient-clipping',
  augmentCopies: 'augmentation',
  augmentFlip: 'augmentation',
  augmentCrop: 'augmentation',
  augmentRotate: 'augmentation',
  augmentColour: 'augmentation',
  augmentBlur: 'augmentation',
  augmentErase: 'augmentation',
  earlyStopping: 'early-stopping',
  monitor: 'early-stopping',
  patience: 'patience',
  minDelta: 'min-improvement',
  continueAfterStop: 'early-stopping',
  seed: 'seed',
};
