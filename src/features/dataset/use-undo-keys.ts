/** Undo and redo by keyboard, wherever the focus is, except where it is typing. */
import { useEffect } from 'react';
import { useAppHandle } from '../../state/use-app.tsx';
import { isTyping } from './is-typing.ts';

export const IS_APPLE =
  typeof navigator !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform);

/** As printed on the keys of this machine. */
export const UNDO_KEYS = IS_APPLE ? '⌘Z' : 'Ctrl+Z';
export const REDO_KEYS = IS_APPLE ? '⇧⌘Z' : 'Ctrl+Y';

export function useUndoKeys(): void {
  const { store } = useAppHandle();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.defaultPrevented) return;
      if (isTyping(event.target)) return;
      const key = event.key.toLowerCase();
      const redoes = (key === 'z' && event.shiftKey) || (key === 'y' && event.ctrlKey);
      if (redoes) store.getState().redo();
      else if (key === 'z') store.getState().undo();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [store]);
}
