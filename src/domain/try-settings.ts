/** How a model is tried: settings of the camera's picture and of what is said, and their limits. */
import { isRecord } from './is-record.ts';
import type { ClassId } from './photo.ts';

export interface TrySettings {
  /** Time constant of the average over the camera's answers, in seconds; 0: each frame by itself. */
  readonly smoothingSeconds: number;
  /** Quarter turns clockwise that the camera's picture is given before anything looks at it. */
  readonly turns: 0 | 1 | 2 | 3;
  /** Only what is seen; the model is shown the picture as it is. */
  readonly isMirrored: boolean;
  /** Class → probability from which on it is said; a class that is not here is always said. */
  readonly thresholds: Readonly<Record<ClassId, number>>;
  /** Answers in a row after which the counter counts a class. */
  readonly holdFrames: number;
}

export const DEFAULT_TRY_SETTINGS: TrySettings = {
  smoothingSeconds: 0.3,
  turns: 0,
  isMirrored: true,
  thresholds: {},
  holdFrames: 5,
};

export const SMOOTHING_RANGE = { min: 0, max: 3 } as const;
export const THRESHOLD_RANGE = { min: 0, max: 0.99 } as const;
export const HOLD_RANGE = { min: 1, max: 60 } as const;

/** What was stored, as far as it is still valid; the rest by default. */
export function readTrySettings(stored: unknown): TrySettings {
  if (!isRecord(stored)) return DEFAULT_TRY_SETTINGS;
  const from: Partial<Record<keyof TrySettings, unknown>> = stored;
  const { smoothingSeconds, turns, isMirrored, thresholds, holdFrames } = from;
  const base = DEFAULT_TRY_SETTINGS;
  return {
    smoothingSeconds: isWithin(smoothingSeconds, SMOOTHING_RANGE)
      ? smoothingSeconds
      : base.smoothingSeconds,
    turns: turns === 1 || turns === 2 || turns === 3 ? turns : 0,
    isMirrored: typeof isMirrored === 'boolean' ? isMirrored : base.isMirrored,
    thresholds: typeof thresholds === 'object' ? readThresholds(thresholds ?? {}) : {},
    holdFrames:
      isWithin(holdFrames, HOLD_RANGE) && Number.isInteger(holdFrames)
        ? holdFrames
        : base.holdFrames,
  };
}

function readThresholds(stored: object): Readonly<Record<ClassId, number>> {
  const entries = Object.entries(stored) as [string, unknown][];
  return Object.fromEntries(
    entries.filter(
      (entry): entry is [string, number] => isWithin(entry[1], THRESHOLD_RANGE) && entry[1] > 0,
    ),
  );
}

function isWithin(value: unknown, range: { min: number; max: number }): value is number {
  return typeof value === 'number' && value >= range.min && value <= range.max;
}

/** Whether the most probable class is less probable than what it needs to be said. Ties: the first. */
export function isBelowThreshold(
  probabilities: readonly number[],
  classes: readonly { readonly id: ClassId }[],
  thresholds: TrySettings['thresholds'],
): boolean {
  const highest = Math.max(...probabilities);
  const top = classes[probabilities.indexOf(highest)];
  return top !== undefined && highest < (thresholds[top.id] ?? 0);
}
