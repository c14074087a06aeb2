/**
 * Is a stored record what it should be? Cheap looks at every field that the program relies on, so
 * that one damaged record is left out instead of keeping a whole project from opening.
 */
import { isRecord } from '../domain/is-record.ts';
import type { Photo } from '../domain/photo.ts';
import type { Project } from '../domain/project.ts';
import type { Run } from '../domain/run.ts';

const PHOTO_TEXTS = [
  'id',
  'classId',
  'name',
  'groupId',
  'contentHash',
  'imageHash',
  'perceptualHash',
] as const;
const SIDES: readonly unknown[] = ['train', 'validation', 'test'];

export function isPhoto(value: unknown): value is Photo {
  if (!isRecord(value)) return false;
  for (const field of PHOTO_TEXTS) if (typeof value[field] !== 'string') return false;
  const { side, pinned, width, height, addedAt, splitRank, origin, stats } = value;
  return (
    SIDES.includes(side) &&
    typeof pinned === 'boolean' &&
    isNumber(width) &&
    isNumber(height) &&
    isNumber(addedAt) &&
    (splitRank === undefined || isNumber(splitRank)) &&
    isRecord(origin) &&
    typeof origin['kind'] === 'string' &&
    isRecord(stats) &&
    isNumber(stats['brightness']) &&
    isNumber(stats['contrast']) &&
    isNumber(stats['sharpness'])
  );
}

export function isProject(value: unknown): value is Project {
  if (!isRecord(value)) return false;
  const { id, name, createdAt, usedAt, classes, split, fit, backboneId, hyperparameters } = value;
  return (
    typeof id === 'string' &&
    typeof name === 'string' &&
    isNumber(createdAt) &&
    isNumber(usedAt) &&
    isClassList(classes) &&
    isRecord(split) &&
    isNumber(split['seed']) &&
    isNumber(split['validationShare']) &&
    isNumber(split['testShare']) &&
    typeof fit === 'string' &&
    typeof backboneId === 'string' &&
    isRecord(hyperparameters)
  );
}

/** Weights are checked for their sizes as well: a head that does not fit would fail much later. */
export function isRun(value: unknown): value is Run {
  if (!isRecord(value)) return false;
  const { id, projectId, startedAt, classes, metrics, trainIds, validationIds, head } = value;
  return (
    typeof id === 'string' &&
    typeof projectId === 'string' &&
    isNumber(startedAt) &&
    isClassList(classes) &&
    Array.isArray(metrics) &&
    metrics.every(isRecord) &&
    Array.isArray(trainIds) &&
    Array.isArray(validationIds) &&
    isRecord(value['hyperparameters']) &&
    isHead(head)
  );
}

function isHead(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { inputDim, hiddenUnits, classCount, outputKernel, outputBias, hiddenKernel, hiddenBias } =
    value;
  if (!isNumber(inputDim) || !isNumber(hiddenUnits) || !isNumber(classCount)) return false;
  const width = hiddenUnits === 0 ? inputDim : hiddenUnits;
  const isHiddenRight =
    hiddenUnits === 0 ||
    (hasLength(hiddenKernel, inputDim * hiddenUnits) && hasLength(hiddenBias, hiddenUnits));
  return (
    isHiddenRight &&
    hasLength(outputKernel, width * classCount) &&
    hasLength(outputBias, classCount)
  );
}

function isClassList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every(
      (info) =>
        isRecord(info) &&
        typeof info['id'] === 'string' &&
        typeof info['name'] === 'string' &&
        isNumber(info['colorIndex']),
    )
  );
}

function hasLength(value: unknown, length: number): boolean {
  return value instanceof Float32Array && value.length === length;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && !Number.isNaN(value);
}
