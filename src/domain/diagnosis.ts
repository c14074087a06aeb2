/**
 * Reads a run's two curves and says what they show, with the evidence and the two knobs most likely
 * to help. The sentence is made from the code by the message catalogue.
 *
 * Curves of few photos are jagged, so nothing is read off single points: losses are smoothed, a rise
 * counts only when it is larger than the curve's own jitter and lasts to the end, and where the
 * validation side is so small that its accuracy could be nearly anything (Wilson interval), the answer
 * is that nobody can tell.
 */
import { wilsonInterval, type Interval } from './classification-metrics.ts';
import type { HyperparameterKey } from './hyperparameter-specs.ts';
import type { EpochMetrics } from './metrics.ts';

export type DiagnosisCode =
  | 'too-early' // fewer than 3 epochs
  | 'diverging' // the loss grows or is no number any more
  | 'learning-rate-too-high' // training loss jumps about instead of falling
  | 'leak-suspected' // validation too good to be true, or near-duplicates on both sides
  | 'noisy-labels' // some training photos are disputed by a head that knows the others
  | 'no-validation'
  | 'too-few-validation'
  | 'overfitting' // validation loss rises while training loss falls
  | 'still-learning' // validation loss was still falling at the end
  | 'underfitting' // both sides are poor and flat
  | 'large-gap' // no rise, but training photos are known far better than others
  | 'good-fit';

/** What to turn: a hyperparameter, or something about the photos. */
export type DiagnosisKnob =
  HyperparameterKey | 'more-photos' | 'validation-share' | 'sides' | 'labels';

export interface DiagnosisEvidence {
  readonly epochs: number;
  /** Of the last epoch, smoothed; accuracies of the epoch with the lowest smoothed validation loss. */
  readonly trainLoss: number;
  readonly validationLoss: number | null;
  readonly lowestValidationLoss: number | null;
  readonly trainAccuracy: number;
  readonly validationAccuracy: number | null;
  /** 95 % Wilson interval of the validation accuracy. */
  readonly interval: Interval | null;
  readonly validationCount: number;
  /** Loss of guessing: ln(classes). */
  readonly chanceLoss: number;
}

export interface Diagnosis {
  readonly code: DiagnosisCode;
  /** Overfitting: the last epoch before validation loss began to rise. Null otherwise. */
  readonly sinceEpoch: number | null;
  readonly evidence: DiagnosisEvidence;
  /** Most likely to help first. */
  readonly suggestedKnobs: readonly DiagnosisKnob[];
  /** True at the same time, though not the first thing to say. */
  readonly also: readonly ('leak-suspected' | 'noisy-labels')[];
}

/** What is known beside the curves. Everything 0 where nothing was looked at. */
export interface DiagnosisSignals {
  readonly trainingCount: number;
  /** Validation photos with a near-duplicate among the training photos (only pins can do that). */
  readonly leakedValidation: number;
  /** Training photos that heads from before the stop answer otherwise, and are sure of it. */
  readonly disputedTraining: number;
  /** Training is harder than validation by design (augmented copies): then it may well look worse. */
  readonly trainingIsHarder: boolean;
}

export interface DiagnosisInput {
  readonly metrics: readonly EpochMetrics[];
  readonly classCount: number;
  readonly validationCount: number;
  /** True when the run ended because a loss was not a finite number. */
  readonly diverged: boolean;
  readonly signals?: DiagnosisSignals | null;
}

/** Wider than this, a validation accuracy says next to nothing (20 photos, 15 right: 0.53 to 0.89). */
export const WIDEST_USEFUL_INTERVAL = 0.37;
const FEWEST_EPOCHS = 3;

const KNOBS: Readonly<Record<DiagnosisCode, readonly DiagnosisKnob[]>> = {
  'too-early': ['epochs', 'learningRate'],
  diverging: ['learningRate', 'gradientClip'],
  'learning-rate-too-high': ['learningRate', 'batchSize'],
  'leak-suspected': ['sides', 'more-photos'],
  'noisy-labels': ['labels', 'labelSmoothing'],
  'no-validation': ['validation-share', 'more-photos'],
  'too-few-validation': ['more-photos', 'validation-share'],
  overfitting: ['earlyStopping', 'more-photos'],
  'still-learning': ['epochs', 'learningRate'],
  underfitting: ['hiddenUnits', 'learningRate'],
  'large-gap': ['more-photos', 'augmentCopies'],
  'good-fit': ['more-photos', 'hiddenUnits'],
};

/** Never throws; an empty curve is 'too-early'. */
export function diagnose(input: DiagnosisInput): Diagnosis {
  const view = readCurves(input);
  const evidence = evidenceOf(view, input);
  const { code, sinceEpoch } = judge(view, evidence, input);
  const also = suspicions(view, evidence, input).filter((suspicion) => suspicion !== code);
  return { code, sinceEpoch, evidence, suggestedKnobs: KNOBS[code], also };
}

interface CurveView {
  readonly epochs: readonly number[];
  readonly train: readonly number[];
  readonly trainSmooth: readonly number[];
  /** Null without validation. */
  readonly validationSmooth: readonly number[] | null;
  /** Typical distance of a raw validation loss from the smoothed curve. */
  readonly jitter: number;
  /** Index of the lowest smoothed validation loss; of the last epoch without validation. */
  readonly best: number;
}

function readCurves({ metrics }: DiagnosisInput): CurveView {
  const train = metrics.map(({ trainLoss }) => trainLoss);
  const validation = metrics.flatMap(({ validationLoss }) =>
    validationLoss === null ? [] : [validationLoss],
  );
  const isComplete = validation.length === metrics.length && metrics.length > 0;
  const validationSmooth = isComplete ? smoothed(validation) : null;
  return {
    epochs: metrics.map(({ epoch }) => epoch),
    train,
    trainSmooth: smoothed(train),
    validationSmooth,
    jitter: validationSmooth === null ? 0 : jitterOf(validation, validationSmooth),
    best: validationSmooth === null ? metrics.length - 1 : indexOfLowest(validationSmooth),
  };
}

type Verdict = Pick<Diagnosis, 'code' | 'sinceEpoch'>;

function judge(view: CurveView, evidence: DiagnosisEvidence, input: DiagnosisInput): Verdict {
  const plain = (code: DiagnosisCode): Verdict => ({ code, sinceEpoch: null });
  if (input.diverged || isDiverging(view, evidence)) return plain('diverging');
  if (view.epochs.length < FEWEST_EPOCHS) return plain('too-early');
  if (isJumping(view, evidence)) return plain('learning-rate-too-high');
  if (view.validationSmooth === null || evidence.interval === null) return plain('no-validation');
  const [suspicion] = suspicions(view, evidence, input);
  // A leak makes every other reading of the validation curve worthless.
  if (suspicion === 'leak-suspected') return plain(suspicion);
  if (evidence.interval.high - evidence.interval.low > WIDEST_USEFUL_INTERVAL) {
    return plain('too-few-validation');
  }
  const since = overfittingSince(view, view.validationSmooth);
  if (since !== null) return { code: 'overfitting', sinceEpoch: view.epochs[since] ?? null };
  if (isFalling(view.validationSmooth) && view.best >= view.epochs.length - 2) {
    return plain('still-learning');
  }
  if (isUnderfitting(evidence)) return plain('underfitting');
  if (suspicion !== undefined) return plain(suspicion);
  return plain(hasLargeGap(evidence) ? 'large-gap' : 'good-fit');
}

/** From this share of the validation photos on, what their near-duplicates know tells. */
const LEAKED_SHARE = 0.1;
/** Fewer disputed photos than this are what every set has. */
const FEWEST_DISPUTED = 3;
const DISPUTED_SHARE = 0.04;
/** Epochs at the beginning in which validation has no business being better. */
const EARLY_EPOCHS = 5;

/** The graver one first. */
function suspicions(
  view: CurveView,
  evidence: DiagnosisEvidence,
  { metrics, validationCount, signals = null }: DiagnosisInput,
): readonly ('leak-suspected' | 'noisy-labels')[] {
  const found: ('leak-suspected' | 'noisy-labels')[] = [];
  const leaked = signals !== null && signals.leakedValidation > LEAKED_SHARE * validationCount;
  const tooGood = signals?.trainingIsHarder !== true && isTooGood(metrics, evidence);
  if (leaked || tooGood) found.push('leak-suspected');
  if (
    signals !== null &&
    view.epochs.length >= FEWEST_EPOCHS &&
    signals.disputedTraining >= Math.max(FEWEST_DISPUTED, DISPUTED_SHARE * signals.trainingCount)
  ) {
    found.push('noisy-labels');
  }
  return found;
}

/**
 * Both losses are measured with dropout off, so photos that are trained on should never do worse than
 * photos that are not, beyond chance: validation beats training from the first epochs to the best one,
 * by more than its interval allows. Where both are (nearly) perfect there is nothing to compare.
 */
function isTooGood(
  metrics: readonly EpochMetrics[],
  { trainAccuracy, interval }: DiagnosisEvidence,
): boolean {
  if (metrics.length < FEWEST_EPOCHS || interval === null || trainAccuracy > 0.95) return false;
  const early = metrics.slice(0, EARLY_EPOCHS);
  const isBelow = ({ trainLoss, validationLoss }: EpochMetrics): boolean =>
    validationLoss !== null && validationLoss < 0.85 * trainLoss;
  return early.every(isBelow) && interval.low > trainAccuracy;
}

/** Far above guessing, and going up: the weights are running away. */
function isDiverging(
  { train, trainSmooth }: CurveView,
  { chanceLoss }: DiagnosisEvidence,
): boolean {
  if (train.some((loss) => !Number.isFinite(loss))) return true;
  const last = trainSmooth.at(-1) ?? 0;
  const lowest = Math.min(...trainSmooth);
  return train.length >= FEWEST_EPOCHS && last > 3 * chanceLoss && last > 1.5 * lowest;
}

/**
 * Training loss is measured on all training photos with dropout off, so a sound run falls smoothly.
 * Too large steps show as a loss thrown far above guessing, or as going up nearly as much as down by
 * amounts that matter.
 */
function isJumping({ train }: CurveView, { chanceLoss }: DiagnosisEvidence): boolean {
  if (Math.max(...train) > 2 * chanceLoss) return true;
  const recent = tail(train, Math.max(5, Math.ceil(train.length / 2)));
  let up = 0;
  let down = 0;
  for (let index = 1; index < recent.length; index++) {
    const change = (recent[index] ?? 0) - (recent[index - 1] ?? 0);
    if (change > 0) up += change;
    else down -= change;
  }
  const meanChange = (up + down) / Math.max(1, recent.length - 1);
  return recent.length >= 5 && meanChange > 0.08 * chanceLoss && up > 0.6 * down;
}

/**
 * Index of the epoch after which validation loss rises to the end while training loss falls, or null.
 * The rise has to be at least 0.02 nats, 4 % of the lowest loss and four times the jitter, and still
 * be there in each of the last three of at least four epochs.
 */
function overfittingSince(view: CurveView, validation: readonly number[]): number | null {
  const lowest = validation[view.best] ?? 0;
  const needed = Math.max(0.02, 0.04 * lowest, 4 * view.jitter);
  const ending = tail(validation, 3);
  if (validation.length - 1 - view.best < 4) return null;
  if (!ending.every((loss) => loss > lowest + needed / 2)) return null;
  if ((ending.at(-1) ?? 0) < lowest + needed) return null;
  if ((view.trainSmooth.at(-1) ?? 0) >= (view.trainSmooth[view.best] ?? 0)) return null;
  // A flat valley: the rise begins where the curve leaves it for good.
  let since = validation.length - 1;
  while (since > view.best && (validation[since] ?? 0) > lowest + 0.25 * needed) since -= 1;
  return since;
}

/** True when the last quarter (at least 3 epochs) still lowered the loss by 2 % or 0.005 nats. */
function isFalling(losses: readonly number[]): boolean {
  const recent = tail(losses, Math.max(4, Math.ceil(losses.length / 4)));
  const first = recent[0] ?? 0;
  const last = recent.at(-1) ?? 0;
  return first - last > Math.max(0.02 * first, 0.005);
}

/** Even the training photos are answered not much better than by guessing, and validation alike. */
function isUnderfitting({ trainLoss, validationLoss, chanceLoss }: DiagnosisEvidence): boolean {
  return trainLoss > 0.5 * chanceLoss && (validationLoss ?? 0) - trainLoss < 0.25 * chanceLoss;
}

function hasLargeGap({ trainAccuracy, interval }: DiagnosisEvidence): boolean {
  return interval !== null && trainAccuracy - interval.high > 0.05;
}

function evidenceOf(
  { trainSmooth, validationSmooth, best }: CurveView,
  { metrics, classCount, validationCount }: DiagnosisInput,
): DiagnosisEvidence {
  const atBest = metrics[best];
  const accuracy = validationSmooth === null ? null : (atBest?.validationAccuracy ?? null);
  return {
    epochs: metrics.length,
    trainLoss: trainSmooth.at(-1) ?? NaN,
    validationLoss: validationSmooth?.at(-1) ?? null,
    lowestValidationLoss: validationSmooth?.[best] ?? null,
    trainAccuracy: atBest?.trainAccuracy ?? NaN,
    validationAccuracy: accuracy,
    interval:
      accuracy === null || validationCount === 0
        ? null
        : wilsonInterval(Math.round(accuracy * validationCount), validationCount),
    validationCount,
    chanceLoss: Math.log(Math.max(2, classCount)),
  };
}

/** Centred moving average over about a tenth of the curve (3 to 9 epochs), one-sided at the ends. */
function smoothed(values: readonly number[]): number[] {
  const reach = values.length < 6 ? 0 : Math.min(4, Math.max(1, Math.round(values.length / 20)));
  return values.map((_, index) => {
    const part = values.slice(Math.max(0, index - reach), index + reach + 1);
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}

/** Median absolute residual, scaled to a standard deviation (× 1.4826). */
function jitterOf(raw: readonly number[], smooth: readonly number[]): number {
  const residuals = raw.map((value, index) => Math.abs(value - (smooth[index] ?? value)));
  residuals.sort((a, b) => a - b);
  return 1.4826 * (residuals[Math.floor(residuals.length / 2)] ?? 0);
}

function indexOfLowest(values: readonly number[]): number {
  return values.reduce(
    (best, value, index) => (value < (values[best] ?? Infinity) ? index : best),
    0,
  );
}

function tail(values: readonly number[], count: number): readonly number[] {
  return values.slice(Math.max(0, values.length - count));
}
