/** What is to be seen of one look: which map, whose, how strong, and what it says in words. */
import { evidencePlace, type CoarseMap, type EvidencePlace } from '../../domain/evidence-image.ts';
import { headLogits, headProbabilities } from '../../domain/head-forward.ts';
import { answerOf } from '../../domain/occlusion.ts';
import type { ClassId, ClassInfo } from '../../domain/photo.ts';
import type { Look } from '../../state/services/close-look.ts';
import type { WhySettings } from '../../state/why-state.ts';

export interface EvidenceView {
  readonly layer: WhySettings['layer'];
  readonly map: CoarseMap;
  readonly scale: number;
  readonly marked: CoarseMap | null;
  readonly place: EvidencePlace | null;
  /** Whose map it is. */
  readonly shownClass: ClassInfo;
}

/** Index of the class whose evidence is wanted: the chosen one, or the answer. */
export function wantedClass(
  look: Look,
  classes: readonly ClassInfo[],
  classId: ClassId | null,
): number {
  const chosen = classes.findIndex((info) => info.id === classId);
  return chosen >= 0
    ? chosen
    : answerOf(headProbabilities(look.head, look.embedding, 1)).classIndex;
}

/** Null when there is nothing to show: no maps asked for, or none to be had. */
export function evidenceView(
  look: Look,
  classes: readonly ClassInfo[],
  settings: Pick<WhySettings, 'classId' | 'layer'>,
  isMirrored = false,
): EvidenceView | null {
  const { occlusion, evidence } = look;
  const wantsHiding = settings.layer === 'hiding' || evidence === null;
  if (wantsHiding && occlusion !== null) {
    const shownClass = classes[occlusion.verdict.before.classIndex];
    if (shownClass === undefined) return null;
    const { map } = occlusion;
    const isAnyMarked = occlusion.marked.some((cell) => cell === 1);
    return {
      layer: 'hiding',
      map,
      scale: largest(map.values),
      marked: isAnyMarked ? { ...map, values: Float32Array.from(occlusion.marked) } : null,
      place: evidencePlace(map, isMirrored),
      shownClass,
    };
  }
  if (evidence === null || evidence === undefined) return null;
  const index = wantedClass(look, classes, settings.classId);
  const shownClass = classes[index];
  if (shownClass === undefined) return null;
  const { rows, columns, maps } = evidence;
  const places = rows * columns;
  const map = { values: maps.subarray(index * places, (index + 1) * places), rows, columns };
  return {
    layer: 'evidence',
    map,
    // One scale for all classes: a class with little evidence then looks like it.
    scale: largest(maps),
    marked: null,
    place: evidencePlace(map, isMirrored),
    shownClass,
  };
}

export interface EvidenceSum {
  readonly sum: number;
  readonly bias: number;
  readonly logit: number;
}

/** How the map of one class adds up to its score; null without maps. */
export function evidenceSum(look: Look, classIndex: number): EvidenceSum | null {
  const { evidence, head, embedding } = look;
  if (evidence === null || evidence === undefined) return null;
  const places = evidence.rows * evidence.columns;
  const map = evidence.maps.subarray(classIndex * places, (classIndex + 1) * places);
  return {
    sum: map.reduce((total, value) => total + value, 0),
    bias: evidence.biases[classIndex] ?? 0,
    logit: headLogits(head, embedding, 1)[classIndex] ?? 0,
  };
}

function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
