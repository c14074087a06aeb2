/**
 * A long list shown piece by piece. A grid does work for every photo that is new to it, of which
 * hundreds at once would hold up whatever the person does meanwhile.
 */

interface Identified {
  readonly id: string;
}

/** More than a screen holds. */
export const FIRST_PHOTOS = 60;
/** About 15 ms of work for a grid. */
export const MORE_PHOTOS = 200;

/** What to show of a list that is new as a whole: its beginning. */
export function firstOf<Photo>(all: readonly Photo[]): readonly Photo[] {
  return all.length <= MORE_PHOTOS ? all : all.slice(0, FIRST_PHOTOS);
}

/** Whether `all` is what is shown, with nothing but additions behind it. Records may be newer ones. */
export function onlyGrew(shown: readonly Identified[], all: readonly Identified[]): boolean {
  return shown.length <= all.length && shown.every(({ id }, i) => id === all[i]?.id);
}

/** A step from what is shown towards all of it; the very list `all` once that is reached. */
export function grown<Photo>(shown: readonly Photo[], all: readonly Photo[]): readonly Photo[] {
  const next = shown.length + MORE_PHOTOS;
  return next >= all.length ? all : all.slice(0, next);
}
