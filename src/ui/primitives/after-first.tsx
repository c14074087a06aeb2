/**
 * Parts of a screen that are looked at second. They are drawn right after the rest is on screen, in
 * small steps, so that they hold up neither the first screen nor an answer to the person.
 */
import { useDeferredValue, type ReactNode } from 'react';

export function AfterFirst({ children }: { readonly children: ReactNode }) {
  const isTheirTurn = useDeferredValue(true, false);
  return isTheirTurn ? children : null;
}
