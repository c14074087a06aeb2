/**
 * Keeps an element as tall as it is while a mouse button or finger is down anywhere on the page. What
 * arrives in that moment makes it taller only afterwards: a button below that moves between down and up
 * would not be pressed.
 */
import { useEffect, type RefObject } from 'react';

/** A touch becomes a click some time after the finger has left. */
const UNTIL_CLICKED_MS = 100;

export function useStillWhilePressed(box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const { style } = element;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const letGo = (): void => {
      style.blockSize = '';
      style.overflow = '';
    };
    const ends = new AbortController();
    const options = { capture: true, signal: ends.signal };
    const hold = (): void => {
      clearTimeout(timer);
      style.blockSize = `${String(element.getBoundingClientRect().height)}px`;
      style.overflow = 'clip';
    };
    const release = (): void => {
      clearTimeout(timer);
      timer = setTimeout(letGo, UNTIL_CLICKED_MS);
    };
    document.addEventListener('pointerdown', hold, options);
    document.addEventListener('pointerup', release, options);
    document.addEventListener('pointercancel', release, options);
    return () => {
      ends.abort();
      clearTimeout(timer);
      letGo();
    };
  }, [box]);
}
