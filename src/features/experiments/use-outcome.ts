/** The line that says what came of the last action. */
import { useCallback, useState } from 'react';
import type { MessageKey } from '../../i18n/messages.ts';
import { useTranslate } from '../../i18n/use-translate.ts';

export interface Outcome {
  readonly key: Extract<
    MessageKey,
    'runs.busy' | 'runs.taken' | 'runs.not-taken' | 'runs.saved' | 'runs.not-saved'
  >;
  readonly name?: string;
}
export type TellOutcome = (outcome: Outcome) => void;

export function useOutcome(): { readonly text: string; readonly tell: TellOutcome } {
  const t = useTranslate();
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const tell = useCallback((next: Outcome) => {
    setOutcome(next);
  }, []);
  return { text: outcome === null ? '' : t(outcome.key, { name: outcome.name ?? '' }), tell };
}
