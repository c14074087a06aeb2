/** Which photos may judge a run: never one that it learned from, on the test side none that chose it. */
import type { HeadWeights } from '../../domain/head.ts';
import type { Photo } from '../../domain/photo.ts';
import type { Run } from '../../domain/run.ts';
import type { EvaluationProblem, JudgedOn } from '../evaluation-state.ts';
import type { AppState } from '../store-types.ts';
import type { HeadInUse } from './timeline.ts';

export interface Judging {
  readonly run: Run;
  readonly epoch: number;
  readonly head: HeadWeights;
  readonly photos: readonly Photo[];
  /** [photos] */
  readonly labels: Int32Array;
  /** [photos], equal for near-duplicates. */
  readonly groups: Int32Array;
  readonly trainRows: Int32Array;
  readonly validationRows: Int32Array;
  /** Empty in cross-validation, where the folds decide. */
  readonly judgedRows: Int32Array;
}

/** Names of classes that only the data or only the model knows. */
export function classesDiffer(
  run: Pick<Run, 'classes'>,
  { classes, photos }: Pick<AppState, 'classes' | 'photos'>,
): readonly string[] {
  const filled = new Set([...photos.values()].map((photo) => photo.classId));
  const known = new Set(run.classes.map((info) => info.id));
  const here = new Map(classes.map((info) => [info.id, info.name]));
  return [
    ...classes.filter((info) => filled.has(info.id) && !known.has(info.id)),
    ...run.classes.filter((info) => !here.has(info.id)),
  ].map((info) => info.name);
}

export function collectJudging(
  { photos }: Pick<AppState, 'photos'>,
  run: Run,
  { epoch, head }: HeadInUse,
  on: JudgedOn,
): Judging | { readonly problem: EvaluationProblem } {
  const classOf = new Map(run.classes.map((info, index) => [info.id, index]));
  const trained = new Set(run.trainIds);
  const chosenOn = new Set(run.validationIds);
  const rows = [...photos.values()].filter((photo) => classOf.has(photo.classId));
  const roleOf = (photo: Photo): 'train' | 'validation' | 'test' | 'none' => {
    if (on === 'folds') return photo.side === 'test' ? 'none' : 'train';
    if (trained.has(photo.id)) return 'train';
    if (photo.side === 'validation') return 'validation';
    return photo.side === 'test' && !chosenOn.has(photo.id) ? 'test' : 'none';
  };
  const wanted = rows
    .map((photo) => ({ photo, role: roleOf(photo) }))
    .filter(({ role }) => role !== 'none' && (on === 'test' || role !== 'test'));
  const rowsOf = (role: string): Int32Array =>
    Int32Array.from(wanted.flatMap((each, row) => (each.role === role ? [row] : [])));
  const judgedRows = on === 'folds' ? new Int32Array(0) : rowsOf(on);
  if (on !== 'folds' && judgedRows.length === 0) {
    const isThere = rows.some((photo) => photo.side === on);
    return { problem: { code: isThere ? 'photos-were-used' : 'no-photos' } };
  }
  const groupNumbers = new Map<string, number>();
  const groupOf = ({ groupId }: Photo): number => {
    const known = groupNumbers.get(groupId) ?? groupNumbers.size;
    groupNumbers.set(groupId, known);
    return known;
  };
  return {
    run,
    epoch,
    head,
    photos: wanted.map(({ photo }) => photo),
    labels: Int32Array.from(wanted, ({ photo }) => classOf.get(photo.classId) ?? 0),
    groups: Int32Array.from(wanted, ({ photo }) => groupOf(photo)),
    trainRows: rowsOf('train'),
    validationRows: rowsOf('validation'),
    judgedRows,
  };
}

/** Changes whenever the same job would look at other photos, labels or another head. */
export function evaluationKey(
  {
    currentRun,
    photos,
    fit,
    backboneStatus,
  }: Pick<AppState, 'currentRun' | 'photos' | 'fit' | 'backboneStatus'>,
  epoch: number | null,
): string {
  let hash = 0;
  for (const photo of photos.values()) {
    for (const text of [photo.id, photo.classId, photo.side]) {
      for (let at = 0; at < text.length; at++)
        hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
    }
  }
  const backbone = backboneStatus.kind === 'ready' ? backboneStatus.backboneId : '';
  return [currentRun?.id, epoch, fit, backbone, photos.size, hash].join(' ');
}
