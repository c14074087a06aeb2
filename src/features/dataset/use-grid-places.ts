/**
 * Tells the grids where they lie after the window has changed its size. They ask when something around
 * them scrolls, and in another layout another thing scrolls: what was out of sight in a column of its own
 * would stay empty on a page that begins at its top.
 */
import { useEffect } from 'react';

export function useGridPlaces(): void {
  useEffect(() => {
    let frame = 0;
    const tell = (): void => {
      cancelAnimationFrame(frame);
      // In the next frame, when the new layout stands.
      frame = requestAnimationFrame(() => {
        document.dispatchEvent(new Event('scroll'));
      });
    };
    window.addEventListener('resize', tell);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener('resize', tell);
    };
  }, []);
}
