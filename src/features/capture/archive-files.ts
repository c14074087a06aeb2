/** Tells what is looked at before it is taken (archives, labelled pictures, large folders) from photos. */
import type { IncomingFile } from '../../state/store-types.ts';

const ARCHIVE_NAME = /\.(zip|tm|headstart)$/i;
const TABLE_NAME = /\.(csv|tsv)$/i;
const MODEL_NAME = /^(model|head)\.json$/;
const MODEL_PART_NAME = /\.(json|bin)$/;

/** Fewer files of folders are in before a preview is read, and gone again with one undo. */
export const PREVIEW_FROM_FILES = 200;

/**
 * An archive goes to the preview alone (the first one: each is a question of its own); pictures with
 * a table of labels go there together with it, and so do the files of a model. `files` is what is
 * taken as photos at once.
 */
export function setApart(all: readonly IncomingFile[]): {
  toPreview: readonly IncomingFile[];
  files: readonly IncomingFile[];
} {
  const archive = all.find(({ name }) => ARCHIVE_NAME.test(name));
  const hasTable = all.some(({ name }) => TABLE_NAME.test(name));
  const isModel =
    all.some(({ name }) => MODEL_NAME.test(name)) &&
    all.every(({ name }) => MODEL_PART_NAME.test(name));
  if (archive === undefined) {
    const isSet = (hasTable || isModel) && all.length > 1;
    const isLarge = all.length >= PREVIEW_FROM_FILES && all.some(({ folder }) => folder !== null);
    return isSet || isLarge ? { toPreview: all, files: [] } : { toPreview: [], files: all };
  }
  // Another archive stays among the photos, where it is refused by name instead of vanishing.
  return { toPreview: [archive], files: all.filter((file) => file !== archive) };
}
