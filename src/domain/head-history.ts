/**
 * The heads of a run, epoch by epoch, in one block of numbers: small enough to be kept with the run,
 * quick enough to be read while a slider is dragged. Which epochs are in it is decided here too.
 */
import type { HeadWeights } from './head.ts';

export interface HeadHistory {
  readonly inputDim: number;
  /** 0 = linear head. */
  readonly hiddenUnits: number;
  readonly classCount: number;
  /** Shared by all heads of a run; see `HeadWeights`. */
  readonly standardisation: HeadWeights['standardisation'];
  /** Rising, at least one. */
  readonly epochs: readonly number[];
  /**
   * [epochs.length, numbersPerHead]: hidden kernel, hidden bias, output kernel, output bias of each
   * epoch, one behind the other. Float32, so that an epoch answers exactly as it did when recorded.
   */
  readonly weights: Float32Array;
}

type HeadShape = Pick<HeadWeights, 'inputDim' | 'hiddenUnits' | 'classCount'>;

export function numbersPerHead({ inputDim, hiddenUnits, classCount }: HeadShape): number {
  const hidden = hiddenUnits === 0 ? 0 : hiddenUnits * (inputDim + 1);
  return hidden + classCount * ((hiddenUnits === 0 ? inputDim : hiddenUnits) + 1);
}

/**
 * Which of `available` (rising) to keep when only `capacity` fit. The last one always; then those in
 * `important`, thinned evenly if they alone are too many (so is half of the room, at most, theirs);
 * then the others, evenly. Rising.
 */
export function chooseEpochs(
  available: readonly number[],
  important: readonly number[],
  capacity: number,
): readonly number[] {
  if (available.length <= capacity) return available;
  const last = available.at(-1);
  const wanted = new Set(important);
  const room = Math.max(1, capacity);
  const favoured = available.filter((epoch) => wanted.has(epoch) && epoch !== last);
  const kept = new Set(evenly(favoured, Math.min(favoured.length, Math.ceil((room - 1) / 2))));
  const rest = available.filter((epoch) => !kept.has(epoch) && epoch !== last);
  for (const epoch of evenly(rest, room - 1 - kept.size)) kept.add(epoch);
  if (last !== undefined) kept.add(last);
  return [...kept].sort((a, b) => a - b);
}

/** `count` of `values`, spread over all of them, the last one among them. */
function evenly(values: readonly number[], count: number): readonly number[] {
  if (count >= values.length) return values;
  return Array.from(
    { length: Math.max(0, count) },
    (_, i) => values[Math.ceil(((i + 1) * values.length) / count) - 1] ?? 0,
  );
}

/** Copies. Null when there is no head. All heads must have one shape. */
export function packHeads(
  entries: readonly { readonly epoch: number; readonly head: HeadWeights }[],
): HeadHistory | null {
  const first = entries[0]?.head;
  if (first === undefined) return null;
  const size = numbersPerHead(first);
  const weights = new Float32Array(entries.length * size);
  entries.forEach(({ head }, row) => {
    let at = row * size;
    for (const part of [head.hiddenKernel, head.hiddenBias, head.outputKernel, head.outputBias]) {
      if (part === null) continue;
      weights.set(part, at);
      at += part.length;
    }
  });
  const { inputDim, hiddenUnits, classCount, standardisation } = first;
  const epochs = entries.map(({ epoch }) => epoch);
  return { inputDim, hiddenUnits, classCount, standardisation, epochs, weights };
}

/** The head of a kept epoch, null for any other. Its arrays are views of the history: do not transfer. */
export function headOfEpoch(history: HeadHistory, epoch: number): HeadWeights | null {
  const row = history.epochs.indexOf(epoch);
  if (row === -1) return null;
  const { inputDim, hiddenUnits, classCount, standardisation, weights } = history;
  const width = hiddenUnits === 0 ? inputDim : hiddenUnits;
  let at = row * numbersPerHead(history);
  const take = (length: number): Float32Array => weights.subarray(at, (at += length));
  const hiddenKernel = hiddenUnits === 0 ? null : take(inputDim * hiddenUnits);
  const hiddenBias = hiddenUnits === 0 ? null : take(hiddenUnits);
  const outputKernel = take(width * classCount);
  const outputBias = take(classCount);
  return {
    inputDim,
    hiddenUnits,
    classCount,
    standardisation,
    hiddenKernel,
    hiddenBias,
    outputKernel,
    outputBias,
  };
}

/** The kept epoch nearest to `epoch`, the earlier of two; null when none is kept. */
export function nearestKeptEpoch(epochs: readonly number[], epoch: number): number | null {
  let nearest: number | null = null;
  for (const kept of epochs) {
    if (nearest === null || Math.abs(kept - epoch) < Math.abs(nearest - epoch)) nearest = kept;
  }
  return nearest;
}

/**
 * For one step of an arrow key from `current` to `wanted`: the nearest kept epoch, or the next one in
 * that direction where thinning would hold the step back. `current` when there is none.
 */
export function keptEpochToward(
  epochs: readonly number[],
  current: number,
  wanted: number,
): number {
  const nearest = nearestKeptEpoch(epochs, wanted) ?? current;
  if (nearest !== current || wanted === current) return nearest;
  const beyond =
    wanted > current
      ? epochs.find((epoch) => epoch > current)
      : epochs.findLast((epoch) => epoch < current);
  return beyond ?? current;
}

/** Is this a history that `headOfEpoch` can read? For records that come from disk. */
export function isHeadHistory(value: unknown): value is HeadHistory {
  if (typeof value !== 'object' || value === null) return false;
  const { inputDim, hiddenUnits, classCount, standardisation, epochs, weights } =
    value as Partial<HeadHistory>;
  if (![inputDim, hiddenUnits, classCount].every((n) => Number.isInteger(n))) return false;
  const shape = {
    inputDim: inputDim ?? 0,
    hiddenUnits: hiddenUnits ?? 0,
    classCount: classCount ?? 0,
  };
  return (
    Array.isArray(epochs) &&
    epochs.length > 0 &&
    epochs.every((epoch, i) => Number.isInteger(epoch) && epoch > (epochs[i - 1] ?? -1)) &&
    weights instanceof Float32Array &&
    weights.length === epochs.length * numbersPerHead(shape) &&
    (standardisation === null ||
      (standardisation?.mean instanceof Float32Array &&
        standardisation.scale instanceof Float32Array &&
        standardisation.mean.length === shape.inputDim &&
        standardisation.scale.length === shape.inputDim))
  );
}
