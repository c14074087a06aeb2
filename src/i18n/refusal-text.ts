/** The sentence that says why a file was not taken and what to do. */
import { toMessageKey } from './messages.ts';
import type { Translate } from './translate.ts';

export interface RefusalReason {
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
}

/** A message that selects on a value must have one, also when whoever refused the file gave none. */
const DEFAULTS = { format: 'unknown', reason: 'unknown', limit: 0 } as const;

export function refusalText(t: Translate, { code, params }: RefusalReason): string {
  return t(toMessageKey(`refusals.${code}`, 'refusals.failed'), { ...DEFAULTS, ...params });
}
