/** What one project file can hold; apart from its reader, so that asking costs nothing. */

/** Two members each: a zip of the plain kind, which every program reads, holds 65,534. */
export const MAX_PROJECT_PHOTOS = 30_000;
