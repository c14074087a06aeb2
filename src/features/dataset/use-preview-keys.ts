/** The keys of the preview, wherever in it the focus is; lists, fields and choices keep their own. */
import { useEffect, useRef } from 'react';
import { isTyping } from './is-typing.ts';

export interface PreviewKeys {
  next(): void;
  previous(): void;
  giveClass(index: number): void;
  togglePin(): void;
  remove(): void;
}

const OWN_KEYS = '[role="listbox"], [role="menu"], [role="slider"]';

export function usePreviewKeys(keys: PreviewKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const { target } = event;
      if (isTyping(target)) return;
      if (target instanceof Element && target.closest(OWN_KEYS) !== null) return;
      if (!act(latest.current, event)) return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}

function act(keys: PreviewKeys, event: KeyboardEvent): boolean {
  const isRadio = event.target instanceof HTMLInputElement && event.target.type === 'radio';
  if (/^[1-9]$/.test(event.key)) keys.giveClass(Number(event.key) - 1);
  else if (event.key === 'Delete' || event.key === 'Backspace') keys.remove();
  else if (event.key.toLowerCase() === 'p') keys.togglePin();
  else if (isRadio) return false;
  else if (event.key === 'ArrowRight') keys.next();
  else if (event.key === 'ArrowLeft') keys.previous();
  else return false;
  return true;
}
