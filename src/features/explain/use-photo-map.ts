/** Draws the map once, keeps it while other views are open, and places what comes later on it. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { MapMethod } from '../../domain/photo-map.ts';
import {
  completeMap,
  drawPhotoMap,
  embeddingSpace,
  mappablePhotos,
  type KeptMap,
} from '../../state/services/photo-map-keeper.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';
import { mapPoints, type MapPoint } from './map-points.ts';

export interface PhotoMapState {
  readonly kept: KeptMap | null;
  readonly points: readonly MapPoint[];
  /** 0 to 1 while it is drawn, else null. */
  readonly share: number | null;
  readonly problem: 'failed' | 'cancelled' | 'none' | null;
  readonly draw: (method: MapMethod) => void;
  readonly cancel: () => void;
}

export function usePhotoMap(): PhotoMapState {
  const { tools } = useAppHandle();
  const keeper = tools.photoMap;
  const [kept, setKept] = useState(keeper.kept);
  const [share, setShare] = useState<number | null>(null);
  const [problem, setProblem] = useState<PhotoMapState['problem']>(null);
  const running = useRef<AbortController | null>(null);
  /** Space that a map was asked for by itself. */
  const askedFor = useRef<string | null>(null);
  const space = useSpace();

  const draw = useCallback(
    (method: MapMethod) => {
      running.current?.abort();
      const controller = new AbortController();
      running.current = controller;
      setProblem(null);
      setShare(0);
      void drawPhotoMap(tools, method, setShare, controller.signal)
        .then(
          (drawn) => {
            if (controller.signal.aborted) return;
            keeper.kept = drawn;
            setKept(drawn);
            setProblem(drawn === null ? 'none' : null);
          },
          () => {
            if (!controller.signal.aborted) setProblem('failed');
          },
        )
        .finally(() => {
          if (running.current === controller) setShare(null);
        });
    },
    [tools, keeper],
  );

  const isUsable = kept !== null && space !== null && kept.space === space;
  useEffect(() => {
    // Once by itself for each project and backbone; after a cancel or a failure only when asked.
    if (isUsable || space === null || askedFor.current === space) return;
    if (mappablePhotos(tools).length === 0) return;
    askedFor.current = space;
    queueMicrotask(() => {
      if (askedFor.current === space) draw(keeper.kept?.map.method ?? 'umap');
    });
  }, [isUsable, space, tools, keeper, draw]);
  useEffect(
    () => () => {
      askedFor.current = null;
      running.current?.abort();
    },
    [],
  );

  const shown = isUsable ? kept : null;
  const points = usePoints(shown);
  return {
    kept: shown,
    points,
    share,
    problem,
    draw,
    cancel: () => {
      running.current?.abort();
      running.current = null;
      setShare(null);
      setProblem('cancelled');
    },
  };
}

/** What the embeddings are of; changes with backbone and fit, and once photos are embedded. */
function useSpace(): string | null {
  const { tools } = useAppHandle();
  useApp((state) => state.backboneStatus);
  useApp((state) => state.fit);
  useApp((state) => state.projectId);
  useApp((state) => state.unembedded);
  return embeddingSpace(tools);
}

function usePoints(kept: KeptMap | null): readonly MapPoint[] {
  const { tools } = useAppHandle();
  const photos = useApp((state) => state.photos);
  const classes = useApp((state) => state.classes);
  const run = useApp((state) => state.currentRun);
  const epoch = useApp((state) => state.lab.chosenEpoch ?? state.lab.ruleEpoch);
  const unembedded = useApp((state) => state.unembedded);
  const [revision, setRevision] = useState(0);
  useEffect(() => {
    if (kept === null) return;
    const controller = new AbortController();
    const inUse = tools.timeline.headInUse();
    const head = inUse !== null && inUse.runId === run?.id ? inUse.head : (run?.head ?? null);
    const asked =
      run === null || head === null ? null : { head, classIds: run.classes.map((info) => info.id) };
    const onChunk = (): void => setRevision((count) => count + 1);
    // A photo whose embedding is gone stays without an answer; embedding it again asks again.
    completeMap(tools, kept, asked, onChunk, controller.signal).catch(() => undefined);
    return () => {
      controller.abort();
    };
  }, [tools, kept, photos, run, epoch, unembedded]);
  return useMemo(
    // The revision stands for what was added to the kept map's own tables.
    () =>
      revision < 0 || kept === null ? [] : mapPoints(kept, photos, classes, run?.classes ?? []),
    [kept, photos, classes, run, revision],
  );
}
