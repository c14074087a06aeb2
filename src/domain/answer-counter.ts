/**
 * Counts what the camera saw over time. A class counts once when it has been the answer for some
 * frames in a row, and again only after something else was in between: a thing that stays in view is
 * one thing, and a single flickering frame is none.
 */
import type { ClassId } from './photo.ts';

export interface CountedEvent {
  /** Milliseconds since the epoch. */
  readonly atMs: number;
  readonly kind: 'started' | 'stopped' | 'counted';
  /** Counted alone: which class, by name as it was then, how probable, and the how many-th of it. */
  readonly className?: string;
  readonly probability?: number;
  readonly count?: number;
}

export interface AnswerCounter {
  readonly isRunning: boolean;
  readonly counts: Readonly<Record<ClassId, number>>;
  /** The answer of the last frames and how many of them in a row; null: none was said. */
  readonly held: { readonly classId: ClassId | null; readonly frames: number };
  /** Oldest first, at most `MAX_LOGGED`; counting goes on when it is full. */
  readonly log: readonly CountedEvent[];
  readonly isLogFull: boolean;
}

/** At one a second this is almost three hours. */
export const MAX_LOGGED = 10_000;

const NOTHING_HELD = { classId: null, frames: 0 } as const;

export const EMPTY_COUNTER: AnswerCounter = {
  isRunning: false,
  counts: {},
  held: NOTHING_HELD,
  log: [],
  isLogFull: false,
};

function logged(counter: AnswerCounter, event: CountedEvent): AnswerCounter {
  if (counter.log.length >= MAX_LOGGED) return { ...counter, isLogFull: true };
  return { ...counter, log: [...counter.log, event] };
}

/** Goes on from the counts that are there. */
export function startCounter(counter: AnswerCounter, atMs: number): AnswerCounter {
  if (counter.isRunning) return counter;
  return logged({ ...counter, isRunning: true, held: NOTHING_HELD }, { atMs, kind: 'started' });
}

export function stopCounter(counter: AnswerCounter, atMs: number): AnswerCounter {
  if (!counter.isRunning) return counter;
  return logged({ ...counter, isRunning: false, held: NOTHING_HELD }, { atMs, kind: 'stopped' });
}

/** Counts and log from nothing; a running one goes on running. */
export function resetCounter(counter: AnswerCounter, atMs: number): AnswerCounter {
  return counter.isRunning ? startCounter(EMPTY_COUNTER, atMs) : EMPTY_COUNTER;
}

export interface SeenAnswer {
  readonly classId: ClassId;
  readonly className: string;
  readonly probability: number;
}

/** One frame more. `seen`: the class said, null when none was (not sure, unknown). */
export function countFrame(
  counter: AnswerCounter,
  seen: SeenAnswer | null,
  { atMs, holdFrames }: { readonly atMs: number; readonly holdFrames: number },
): AnswerCounter {
  if (!counter.isRunning) return counter;
  const classId = seen?.classId ?? null;
  const isSame = counter.held.classId === classId;
  const frames = isSame ? counter.held.frames + 1 : 1;
  const next = { ...counter, held: { classId, frames } };
  // Not "at least": each stretch counts once, at the moment when it is long enough.
  if (seen === null || frames !== Math.max(1, holdFrames)) return next;
  const count = (counter.counts[seen.classId] ?? 0) + 1;
  return logged(
    { ...next, counts: { ...counter.counts, [seen.classId]: count } },
    {
      atMs,
      kind: 'counted',
      className: seen.className,
      probability: seen.probability,
      count,
    },
  );
}
