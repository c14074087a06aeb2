/** What one file can hold that Headstart writes and opens again; apart from its reader, so that asking costs nothing. */

/** Two members each. More than a browser keeps today; past it a list of them would not fit memory well. */
export const MAX_PROJECT_PHOTOS = 100_000;

/** Members of a project file: its pictures and thumbnails, lists of photos, and runs. */
export const MAX_PROJECT_MEMBERS = 2 * MAX_PROJECT_PHOTOS + 50_000;

/** Of a whole zip, written or unpacked. */
export const MAX_ZIP_BYTES = 64 * 2 ** 30;
