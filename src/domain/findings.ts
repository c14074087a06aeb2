/**
 * What may make a validation score lie or a model learn the wrong thing, found in the photos alone.
 * Each rule is a pure function in a file beside this one; here they are run and put in order.
 */
import { FINDING_KINDS, type Finding } from './finding.ts';
import { balanceFindings } from './findings-balance.ts';
import { copyFindings } from './findings-copies.ts';
import { qualityFindings } from './findings-quality.ts';
import { shortcutFindings } from './findings-shortcuts.ts';
import type { ClassInfo, Photo, PhotoId } from './photo.ts';

export interface FindingsInput {
  readonly classes: readonly ClassInfo[];
  readonly photos: ReadonlyMap<PhotoId, Photo>;
  /** Of the split: tells how many photos a class needs. */
  readonly validationShare: number;
}

/**
 * Goes rule by rule, handing back control in between, so that the page stays answerable at ten
 * thousand photos. Time grows with the number of photos (and with the square of a group that has two
 * labels).
 */
export function* findInSteps(input: FindingsInput): Generator<void, readonly Finding[]> {
  const photos = [...input.photos.values()];
  const found: Finding[] = [];
  found.push(...copyFindings(photos));
  yield;
  found.push(...balanceFindings(input.classes, photos, input.validationShare));
  yield;
  found.push(...shortcutFindings(input.classes, photos));
  yield;
  found.push(...qualityFindings(photos));
  const place = new Map(FINDING_KINDS.map((kind, i) => [kind, i]));
  return found.toSorted((a, b) => (place.get(a.kind) ?? 0) - (place.get(b.kind) ?? 0));
}

/** The same in one go. */
export function findFindings(input: FindingsInput): readonly Finding[] {
  const steps = findInSteps(input);
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
