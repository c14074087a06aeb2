/**
 * What a grid shows of its photos while many arrive or many are shown again: the grids of all classes
 * take their turns, one step a turn, so that no step holds up the page. Appearing at all is the first of
 * these steps: four grids in one go took most of the time to the first screen. Whatever is not growth (a photo
 * deleted, moved away, put back in its place) is shown at once.
 */
import { createContext, startTransition, use, useEffect, useRef, useState } from 'react';
import type { Photo } from '../../domain/photo.ts';
import { firstOf, grown, onlyGrew } from './paced-list.ts';

export interface Turns {
  /** Runs it when its turn comes; returns what takes it back. */
  ask(run: () => void): () => void;
}

/** Between two turns: time for the browser to draw and to answer. */
const TURN_MS = 40;

export function createTurns(): Turns {
  const waiting = new Set<() => void>();
  let timer: ReturnType<typeof setTimeout> | null = null;
  const serve = (): void => {
    const [next] = waiting;
    timer = next === undefined ? null : setTimeout(serve, TURN_MS);
    if (next === undefined) return;
    waiting.delete(next);
    next();
  };
  return {
    ask(run) {
      waiting.add(run);
      timer ??= setTimeout(serve);
      return () => {
        waiting.delete(run);
      };
    },
  };
}

export const TurnsContext = createContext<Turns | null>(null);

/** False until its turn has come, once it is needed; true for good after that. */
export function useTurn(isNeeded: boolean): boolean {
  const turns = use(TurnsContext);
  const [hasCome, setHasCome] = useState(false);
  const isWaiting = isNeeded && !hasCome && turns !== null;
  useEffect(() => {
    if (!isWaiting) return undefined;
    return turns.ask(() => {
      startTransition(() => {
        setHasCome(true);
      });
    });
  }, [isWaiting, turns]);
  return hasCome || turns === null;
}

interface Shown {
  readonly photos: readonly Photo[];
  readonly view: unknown;
}

/** `view`: another one is another list, of which the beginning is shown first. */
export function usePacedPhotos(photos: readonly Photo[], view: unknown): readonly Photo[] {
  const turns = use(TurnsContext);
  const [kept, setKept] = useState<Shown>(() => ({ photos: firstOf(photos), view }));
  let shown = kept;
  if (kept.view !== view) shown = { photos: firstOf(photos), view };
  else if (!onlyGrew(kept.photos, photos)) shown = { photos, view };
  if (shown !== kept) setKept(shown);

  const isBehind = shown.photos !== photos;
  const latest = useRef({ photos, view });
  useEffect(() => {
    latest.current = { photos, view };
  }, [photos, view]);
  useEffect(() => {
    if (!isBehind || turns === null) return undefined;
    // Asked once for any number of arrivals: the turn takes what is there by then.
    return turns.ask(() => {
      startTransition(() => {
        setKept((before) => {
          const now = latest.current;
          const isSame = before.view === now.view && onlyGrew(before.photos, now.photos);
          return isSame ? { ...before, photos: grown(before.photos, now.photos) } : before;
        });
      });
    });
  }, [isBehind, shown, turns]);
  return turns === null ? photos : shown.photos;
}
