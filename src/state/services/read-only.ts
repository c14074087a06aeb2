/** Refuses, with a sentence, what a tab that only reads may not do. */
import type { StoreAccess } from '../slice-tools.ts';

/** True when this tab only reads; the person is told. */
export function refuseReader(get: StoreAccess['get']): boolean {
  const { tab, notify } = get();
  if (tab.role === 'writer') return false;
  notify({ tone: 'info', messageKey: 'projects.only-reads', params: {} });
  return true;
}
