/** Whether what was dropped is a model and no data set, so that it can be sent to the right door. */
import { HEAD_BIN, HEAD_JSON } from '../../../formats/model/head-file.ts';
import { METADATA_JSON, MODEL_JSON } from '../../../formats/model/teachable-model.ts';
import { openZip } from '../../../formats/zip-archive.ts';
import type { IncomingFile } from '../../store-types.ts';

/** A folder around them at most: deeper ones lie among somebody's pictures by chance. */
const DEEPEST = 2;

/** Never rejects: what cannot be opened is told by whoever opens it. */
export async function holdsModel(files: readonly IncomingFile[]): Promise<boolean> {
  const [first] = files;
  if (first === undefined) return false;
  if (files.length > 1) return isModel(files.map(({ name }) => name));
  if (!/\.zip$/i.test(first.name)) return false;
  const archive = await openZip(first.file).catch(() => null);
  const near = archive?.members.filter(({ parts }) => parts.length <= DEEPEST) ?? [];
  return isModel(near.map(({ parts }) => parts.at(-1) ?? ''));
}

/** One of its files alone is still a model: what is missing is then said by name. */
function isModel(names: readonly string[]): boolean {
  const has = (name: string): boolean => names.includes(name);
  if (has(HEAD_JSON) || has(HEAD_BIN)) return true;
  const hasWeights = names.some((name) => name.endsWith('.bin'));
  return has(MODEL_JSON) && (has(METADATA_JSON) || hasWeights);
}
