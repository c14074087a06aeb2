/** The curves of the chosen runs, read from storage as they are ticked; never kept in the store. */
import { useEffect, useMemo, useState } from 'react';
import type { EpochMetrics } from '../../domain/metrics.ts';
import type { RunId } from '../../domain/run.ts';
import type { RunSummary } from '../../domain/run-summary.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';

export interface ChosenRuns {
  /** In the order they were ticked. */
  readonly summaries: readonly RunSummary[];
  /** Those whose curve has been read, in the same order. */
  readonly curves: readonly {
    readonly id: RunId;
    readonly name: string;
    readonly metrics: readonly EpochMetrics[];
  }[];
  /** How many could not be read. */
  readonly gone: number;
}

const NOTHING: ReadonlyMap<RunId, readonly EpochMetrics[] | null> = new Map();

export function useChosenRuns(): ChosenRuns {
  const { services } = useAppHandle();
  const chosen = useApp((state) => state.runs.chosen);
  const list = useApp((state) => state.runs.list);
  const [read, setRead] = useState(NOTHING);
  useEffect(() => {
    let isCurrent = true;
    for (const id of chosen) {
      if (read.has(id)) continue;
      services.storage
        .getRun(id)
        .catch(() => null)
        .then((run) => {
          if (!isCurrent) return;
          setRead((before) => new Map(before).set(id, run?.metrics ?? null));
        })
        .catch(() => undefined);
    }
    return () => {
      isCurrent = false;
    };
  }, [services, chosen, read]);
  return useMemo(() => {
    const summaries = chosen.flatMap((id) => list.find((run) => run.id === id) ?? []);
    const curves = summaries.flatMap(({ id, name }) => {
      const metrics = read.get(id) ?? null;
      return metrics === null ? [] : [{ id, name, metrics }];
    });
    const gone = summaries.filter(({ id }) => read.get(id) === null).length;
    return { summaries, curves, gone };
  }, [chosen, list, read]);
}
