/** Tells archives and labelled pictures, which are looked at before they are taken, from photos. */
import type { IncomingFile } from '../../state/store-types.ts';

const ARCHIVE_NAME = /\.(zip|tm|headstart)$/i;
const TABLE_NAME = /\.(csv|tsv)$/i;
const MODEL_NAME = /^(model|head)\.json$/;
const MODEL_PART_NAME = /\.(json|bin)$/;

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
    return (hasTable || isModel) && all.length > 1
      ? { toPreview: all, files: [] }
      : { toPreview: [], files: all };
  }
  // Another archive stays among the photos, where it is refused by name instead of vanishing.
  return { toPreview: [archive], files: all.filter((file) => file !== archive) };
}
