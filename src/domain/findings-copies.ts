/**
 * Findings about pictures that are there more than once: torn groups, one picture under two labels,
 * exact copies, near-duplicates, recordings. They read the groups that were made when the photos came
 * (`near-duplicates.ts`), so they cost one pass.
 */
import { findingOfSets, isFinding, type Finding } from './finding.ts';
import { findSameUnderTwoClasses, type LabelClash } from './near-duplicates.ts';
import type { Photo, PhotoId } from './photo.ts';

export function copyFindings(photos: readonly Photo[]): readonly Finding[] {
  const groups = groupsOfSeveral(photos);
  const clashes = findSameUnderTwoClasses(groups.flat());
  const inClash = new Set(clashes.flatMap((clash) => clash.photoIds));
  const exact: (readonly Photo[])[] = [];
  const near: (readonly Photo[])[] = [];
  const recordings: (readonly Photo[])[] = [];
  for (const group of groups) {
    const unlabelledTwice = group.filter((photo) => !inClash.has(photo.id));
    const copies = exactCopies(unlabelledTwice);
    exact.push(...copies.filter((set) => set.length > 1));
    // Of each picture one: copies are reported as such.
    const pictures = copies.flatMap((set) => set.slice(0, 1));
    if (pictures.length < 2) continue;
    (isOneRecording(pictures) ? recordings : near).push(pictures);
  }
  const surplus = (sets: readonly (readonly Photo[])[]): number =>
    sets.reduce((sum, set) => sum + set.length - 1, 0);
  return [
    findingOfSets('leak', groups.filter(isTorn)),
    clashFinding('two-classes', clashes, photos),
    clashFinding('nearly-two-classes', clashes, photos),
    findingOfSets('exact-copies', exact, { surplus: surplus(exact) }),
    findingOfSets('near-copies', near, { surplus: surplus(near) }),
    findingOfSets('recordings', recordings),
  ].filter(isFinding);
}

function groupsOfSeveral(photos: readonly Photo[]): readonly (readonly Photo[])[] {
  const groups = new Map<string, Photo[]>();
  for (const photo of photos) {
    const group = groups.get(photo.groupId);
    if (group === undefined) groups.set(photo.groupId, [photo]);
    else group.push(photo);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

/** Only pins can tear a group: what the model is judged on is then what it has learned from. */
function isTorn(group: readonly Photo[]): boolean {
  return group.some((photo) => photo.side !== group[0]?.side);
}

/** Sets of photos with the same file or the same stored picture; most are alone in theirs. */
function exactCopies(group: readonly Photo[]): readonly (readonly Photo[])[] {
  // Nearly always; and this runs over every group after every change.
  if (isAllDifferent(group)) return group.map((photo) => [photo]);
  const setOf = new Map<string, Photo[]>();
  const sets = new Set<Photo[]>();
  for (const photo of group) {
    const known = new Set(keysOf(photo).flatMap((key) => [setOf.get(key) ?? []]));
    const joined = [photo];
    for (const set of known) {
      joined.unshift(...set);
      sets.delete(set);
    }
    sets.add(joined);
    for (const each of joined) for (const key of keysOf(each)) setOf.set(key, joined);
  }
  return [...sets];
}

function isAllDifferent(group: readonly Photo[]): boolean {
  const contents = new Set<string>();
  const images = new Set<string>();
  for (const { contentHash, imageHash } of group) {
    contents.add(contentHash);
    images.add(imageHash);
  }
  return contents.size === group.length && images.size === group.length;
}

function keysOf({ contentHash, imageHash }: Photo): readonly string[] {
  return [`content ${contentHash}`, `image ${imageHash}`];
}

function isOneRecording(photos: readonly Photo[]): boolean {
  const burstId = photos[0]?.origin.burstId;
  return burstId !== undefined && photos.every((photo) => photo.origin.burstId === burstId);
}

function clashFinding(
  kind: 'two-classes' | 'nearly-two-classes',
  clashes: readonly LabelClash[],
  photos: readonly Photo[],
): Finding | null {
  const wanted = clashes.filter((clash) => clash.exact === (kind === 'two-classes'));
  if (wanted.length === 0) return null;
  const ids = new Set<PhotoId>(wanted.flatMap((clash) => clash.photoIds));
  const byId = new Map(photos.filter((photo) => ids.has(photo.id)).map((each) => [each.id, each]));
  return findingOfSets(
    kind,
    wanted.map((clash) => clash.photoIds.flatMap((id) => byId.get(id) ?? [])),
  );
}

/**
 * What is left out when one of each set is kept: the sharpest stays, the first of equals.
 *
 * @param sets as a finding has them; photos that are gone are passed over
 */
export function surplusOf(
  sets: Finding['sets'],
  photos: ReadonlyMap<PhotoId, Photo>,
): readonly PhotoId[] {
  return sets.flatMap((set) => {
    const there = set.flatMap((id) => photos.get(id) ?? []);
    const [first] = there;
    if (first === undefined) return [];
    const best = there.reduce((a, b) => (b.stats.sharpness > a.stats.sharpness ? b : a), first);
    return there.filter((photo) => photo !== best).map((photo) => photo.id);
  });
}
