/**
 * One spec per hyperparameter: its range, step, default and when it applies. Sliders, links, files
 * and fields are all checked against this one table. Defaults were chosen by measurement: see
 * docs/DEFAULTS.md.
 */
import type {
  Hyperparameters,
  MonitoredMetric,
  OptimizerName,
  ScheduleName,
} from './hyperparameters.ts';

export type HyperparameterKey = keyof Hyperparameters;
export type HyperparameterGroup =
  'how-long' | 'how-fast' | 'how-big' | 'held-back' | 'augment' | 'when-to-stop' | 'chance';
/** `basic` is always on screen; `more` behind "more settings". */
export type HyperparameterLevel = 'basic' | 'more';
export type HyperparameterVerdict = 'ok' | 'out-of-range' | 'not-a-number';

interface SpecBase {
  readonly group: HyperparameterGroup;
  readonly level: HyperparameterLevel;
  /** False when, with these other settings, this one changes nothing. */
  readonly applies: (settings: Hyperparameters) => boolean;
}

export interface NumberSpec extends SpecBase {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  /** Slider step; on a log scale, a step of log10(value). Typed values may lie between steps. */
  readonly step: number;
  readonly scale: 'linear' | 'log';
  readonly integer: boolean;
  readonly default: number;
  /**
   * Log scale with `min` 0 only: smallest value above 0 a slider shows; its left end means 0.
   * Null on every other scale.
   */
  readonly logFloor: number | null;
}

export interface ChoiceSpec<Choice extends string> extends SpecBase {
  readonly kind: 'choice';
  readonly choices: readonly Choice[];
  readonly default: Choice;
}

export interface ToggleSpec extends SpecBase {
  readonly kind: 'toggle';
  readonly default: boolean;
}

export type HyperparameterSpecs = {
  readonly [Key in HyperparameterKey]: Hyperparameters[Key] extends string
    ? ChoiceSpec<Hyperparameters[Key]>
    : Hyperparameters[Key] extends boolean
      ? ToggleSpec
      : NumberSpec;
};
export type HyperparameterSpec = HyperparameterSpecs[HyperparameterKey];

const always = (): boolean => true;
const whenCopying = (settings: Hyperparameters): boolean => settings.augmentCopies > 0;
const whenStopping = (settings: Hyperparameters): boolean => settings.earlyStopping;

export const HYPERPARAMETER_SPECS: HyperparameterSpecs = {
  epochs: number('how-long', 'basic', { min: 1, max: 5000, scale: 'log', step: 0.05, default: 50 }),
  learningRate: {
    ...number('how-fast', 'basic', {
      min: 1e-6,
      max: 10,
      scale: 'log',
      step: 0.05,
      default: 0.003,
    }),
    integer: false,
  },
  batchSize: number('how-fast', 'basic', {
    min: 1,
    max: 1024,
    scale: 'log',
    step: 0.05,
    default: 32,
  }),
  optimizer: choice<OptimizerName>(
    'how-fast',
    ['sgd', 'momentum', 'rmsprop', 'adam', 'adamw'],
    'adamw',
  ),
  momentum: {
    ...number('how-fast', 'more', { min: 0, max: 0.99, scale: 'linear', step: 0.01, default: 0.9 }),
    integer: false,
    applies: (settings) => settings.optimizer === 'momentum' || settings.optimizer === 'rmsprop',
  },
  schedule: choice<ScheduleName>(
    'how-fast',
    ['constant', 'cosine', 'one-cycle', 'step'],
    'constant',
  ),
  warmup: {
    ...number('how-fast', 'more', { min: 0, max: 0.5, scale: 'linear', step: 0.01, default: 0 }),
    integer: false,
    // One-cycle brings its own warm-up (see schedule.ts), so the setting does nothing there.
    applies: (settings) => settings.schedule !== 'one-cycle',
  },
  hiddenUnits: number('how-big', 'basic', {
    min: 0,
    max: 1024,
    scale: 'linear',
    step: 1,
    default: 0,
  }),
  dropout: {
    ...number('held-back', 'basic', { min: 0, max: 0.9, scale: 'linear', step: 0.05, default: 0 }),
    integer: false,
  },
  weightDecay: {
    ...number('held-back', 'basic', { min: 0, max: 10, scale: 'log', step: 0.1, default: 0.01 }),
    integer: false,
    logFloor: 1e-6,
  },
  labelSmoothing: {
    ...number('held-back', 'more', { min: 0, max: 0.5, scale: 'linear', step: 0.01, default: 0 }),
    integer: false,
  },
  balanceClasses: toggle('held-back', false),
  standardise: toggle('held-back', false),
  gradientClip: {
    ...number('held-back', 'more', { min: 0, max: 100, scale: 'linear', step: 0.1, default: 0 }),
    integer: false,
  },
  augmentCopies: number('augment', 'basic', {
    min: 0,
    max: 16,
    scale: 'linear',
    step: 1,
    default: 0,
  }),
  augmentFlip: { ...toggle('augment', true), applies: whenCopying },
  augmentCrop: { ...toggle('augment', true), applies: whenCopying },
  augmentRotate: { ...toggle('augment', true), applies: whenCopying },
  augmentColour: { ...toggle('augment', true), applies: whenCopying },
  augmentBlur: { ...toggle('augment', false), applies: whenCopying },
  augmentErase: { ...toggle('augment', false), applies: whenCopying },
  earlyStopping: { ...toggle('when-to-stop', true), level: 'basic' },
  monitor: {
    ...choice<MonitoredMetric>(
      'when-to-stop',
      ['validation-loss', 'validation-accuracy'],
      'validation-loss',
    ),
  },
  patience: {
    ...number('when-to-stop', 'basic', { min: 1, max: 500, scale: 'linear', step: 1, default: 10 }),
    applies: whenStopping,
  },
  minDelta: {
    ...number('when-to-stop', 'more', { min: 0, max: 1, scale: 'linear', step: 0.001, default: 0 }),
    integer: false,
    applies: whenStopping,
  },
  continueAfterStop: { ...toggle('when-to-stop', true), applies: whenStopping },
  seed: number('chance', 'more', { min: 0, max: 4294967295, scale: 'linear', step: 1, default: 1 }),
};

export const HYPERPARAMETER_KEYS = Object.keys(
  HYPERPARAMETER_SPECS,
) as readonly HyperparameterKey[];

export const DEFAULT_HYPERPARAMETERS: Hyperparameters = Object.freeze(
  Object.fromEntries(HYPERPARAMETER_KEYS.map((key) => [key, HYPERPARAMETER_SPECS[key].default])),
) as unknown as Hyperparameters;

/** Settings of a run or a project that was stored before there were as many knobs. */
export function withDefaults(stored: Partial<Hyperparameters>): Hyperparameters {
  return { ...DEFAULT_HYPERPARAMETERS, ...stored };
}

/**
 * Whether `value` may be set for `key`. Anything but a finite number where a number is due is
 * 'not-a-number'; unknown choices, fractions where whole numbers are due, and values beyond the
 * range are 'out-of-range'.
 */
export function validateHyperparameter(
  key: HyperparameterKey,
  value: unknown,
): HyperparameterVerdict {
  const spec: HyperparameterSpec = HYPERPARAMETER_SPECS[key];
  if (spec.kind === 'toggle') return typeof value === 'boolean' ? 'ok' : 'out-of-range';
  if (spec.kind === 'choice') {
    return (spec.choices as readonly unknown[]).includes(value) ? 'ok' : 'out-of-range';
  }
  if (typeof value !== 'number' || !Number.isFinite(value)) return 'not-a-number';
  if (value < spec.min || value > spec.max) return 'out-of-range';
  return spec.integer && !Number.isInteger(value) ? 'out-of-range' : 'ok';
}

export interface HyperparameterProblem {
  readonly key: HyperparameterKey;
  readonly verdict: Exclude<HyperparameterVerdict, 'ok'> | 'missing';
}

export type HyperparameterCheck =
  | { readonly ok: true; readonly value: Hyperparameters }
  | { readonly ok: false; readonly problems: readonly HyperparameterProblem[] };

/**
 * Checks settings from outside (a link, a file, a message). Every key must be there and in range;
 * keys that are not ours are left out of the result.
 */
export function validateHyperparameters(input: unknown): HyperparameterCheck {
  const source =
    typeof input === 'object' && input !== null ? (input as Readonly<Record<string, unknown>>) : {};
  const problems: HyperparameterProblem[] = [];
  const value: Record<string, unknown> = {};
  for (const key of HYPERPARAMETER_KEYS) {
    if (!Object.hasOwn(source, key)) {
      problems.push({ key, verdict: 'missing' });
      continue;
    }
    const verdict = validateHyperparameter(key, source[key]);
    if (verdict === 'ok') value[key] = source[key];
    else problems.push({ key, verdict });
  }
  return problems.length === 0
    ? { ok: true, value: value as unknown as Hyperparameters }
    : { ok: false, problems };
}

type NumberRange = Pick<NumberSpec, 'min' | 'max' | 'scale' | 'step' | 'default'>;

function number(
  group: HyperparameterGroup,
  level: HyperparameterLevel,
  range: NumberRange,
): NumberSpec {
  return { kind: 'number', group, level, integer: true, logFloor: null, applies: always, ...range };
}

function choice<Choice extends string>(
  group: HyperparameterGroup,
  choices: readonly Choice[],
  defaultChoice: Choice,
): ChoiceSpec<Choice> {
  return { kind: 'choice', group, level: 'more', applies: always, choices, default: defaultChoice };
}

function toggle(group: HyperparameterGroup, defaultValue: boolean): ToggleSpec {
  return { kind: 'toggle', group, level: 'more', applies: always, default: defaultValue };
}
