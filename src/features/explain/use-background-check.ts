/** Runs the background check over the photos that the model did not learn from. */
import { useEffect, useRef, useState } from 'react';
import type { Photo } from '../../domain/photo.ts';
import { isMadeOn } from '../../domain/run-backbone.ts';
import type { Run } from '../../domain/run.ts';
import type { App } from '../../state/app-store.ts';
import {
  checkBackground,
  type BackgroundOutcome,
  type BackgroundRequest,
} from '../../state/services/background-check.ts';
import { useAppHandle } from '../../state/use-app.tsx';

export interface BackgroundCheckState {
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly outcome: BackgroundOutcome | null;
  readonly problem: 'failed' | 'other-backbone' | 'no-photos' | null;
  readonly start: () => void;
  readonly cancel: () => void;
}

/** Enough for a mean within a few per cent, and for a minute at most on a slow machine. */
const MOST_PHOTOS = 200;

export function useBackgroundCheck(run: Run | null): BackgroundCheckState {
  const app = useAppHandle();
  const [progress, setProgress] = useState<BackgroundCheckState['progress']>(null);
  const [found, setFound] = useState<{ runId: string; outcome: BackgroundOutcome } | null>(null);
  const [problem, setProblem] = useState<BackgroundCheckState['problem']>(null);
  const running = useRef<AbortController | null>(null);
  const runId = run?.id;
  useEffect(
    () => () => {
      running.current?.abort();
    },
    [runId],
  );

  async function check(): Promise<void> {
    running.current?.abort();
    const request = requestFor(app, run);
    if (run === null || typeof request === 'string') {
      setProblem(typeof request === 'string' ? request : null);
      return;
    }
    const controller = new AbortController();
    running.current = controller;
    setProblem(null);
    setProgress({ done: 0, total: request.photos.length });
    const onProgress = (done: number, total: number): void => setProgress({ done, total });
    try {
      const outcome = await checkBackground(app.services, request, onProgress, controller.signal);
      if (!controller.signal.aborted) setFound({ runId: run.id, outcome });
    } catch {
      if (!controller.signal.aborted) setProblem('failed');
    } finally {
      if (running.current === controller) {
        running.current = null;
        setProgress(null);
      }
    }
  }

  return {
    progress,
    outcome: found !== null && found.runId === runId ? found.outcome : null,
    problem,
    start: () => void check(),
    cancel: () => {
      running.current?.abort();
      running.current = null;
      setProgress(null);
    },
  };
}

function requestFor(
  { store, tools }: App,
  run: Run | null,
): BackgroundRequest | 'other-backbone' | 'no-photos' {
  const { photos, backbones, backboneStatus } = store.getState();
  const card = backbones.find((each) => each.id === run?.backboneId);
  const isLoaded = run !== null && backboneStatus.kind === 'ready' && isMadeOn(run, backboneStatus);
  if (card === undefined || !isLoaded) return 'other-backbone';
  const known = (ids: readonly string[]): readonly Photo[] =>
    ids.map((id) => photos.get(id)).filter((photo) => photo !== undefined);
  // Without validation photos the training photos still say where the model looks.
  const held = known(run.validationIds);
  const asked = (held.length > 0 ? held : known(run.trainIds)).slice(0, MOST_PHOTOS);
  if (asked.length === 0) return 'no-photos';
  const inUse = tools.timeline.headInUse();
  const head = inUse?.runId === run.id ? inUse.head : run.head;
  return { photos: asked, run, head, inputSize: card.inputSize };
}
