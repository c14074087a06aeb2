/** One file on its way in: opened late, prepared in an intake worker, or refused by name. */
import { ArchiveError } from '../../formats/archive-error.ts';
import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../protocol/errors.ts';
import type { PreparedPhoto, RefusedFile } from '../../protocol/intake-messages.ts';
import type { Refusal } from '../store-types.ts';
import { MAX_STORED_SIDE_PX } from './stored-size.ts';

/** `open` is called late, so that a sample set is drawn picture by picture. */
export interface IntakeItem {
  readonly name: string;
  readonly folder: string | null;
  readonly open: (signal: AbortSignal) => Promise<Blob>;
}

export type Outcome =
  | { readonly kind: 'photo'; readonly item: IntakeItem; readonly prepared: PreparedPhoto }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/** Rejects only when it was aborted. */
export async function prepareItem(
  engine: Pick<Engine, 'preparePhoto'>,
  item: IntakeItem,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const file = await item.open(signal);
    const result = await engine.preparePhoto(file, MAX_STORED_SIDE_PX, signal);
    if (result.kind === 'prepared') return { kind: 'photo', item, prepared: result };
    return { kind: 'refused', refusal: toRefusal(item.name, result) };
  } catch (error) {
    if (error instanceof EngineError && error.code === 'aborted') throw error;
    const code = error instanceof ArchiveError ? 'damaged' : 'failed';
    return { kind: 'refused', refusal: { fileName: item.name, code } };
  }
}

function toRefusal(fileName: string, refused: RefusedFile): Refusal {
  return refused.params === undefined
    ? { fileName, code: refused.code }
    : { fileName, code: refused.code, params: refused.params };
}
