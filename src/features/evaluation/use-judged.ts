/** What was judged for this room, whether it still holds, and the photos its rows speak about. */
import { createContext, useContext, useMemo } from 'react';
import type { JudgedRow } from '../../domain/evaluation.ts';
import type { ClassInfo, Photo } from '../../domain/photo.ts';
import type {
  EvaluationJob,
  JobState,
  JudgedFolds,
  JudgedOn,
  JudgedSide,
} from '../../state/evaluation-state.ts';
import { evaluationKey } from '../../state/services/judging-rows.ts';
import { useApp } from '../../state/use-app.tsx';

export type Judged = JudgedSide | JudgedFolds;

export interface JudgingChoice {
  readonly on: JudgedOn;
  readonly choose: (on: JudgedOn) => void;
}

/** Which photos judge, for every part of the room. */
export const JudgingContext = createContext<JudgingChoice>({
  on: 'validation',
  choose: () => undefined,
});

export function useJudgingChoice(): JudgingChoice {
  return useContext(JudgingContext);
}

export function useEvaluationKey(): string {
  const currentRun = useApp((state) => state.currentRun);
  const photos = useApp((state) => state.photos);
  const fit = useApp((state) => state.fit);
  const backboneStatus = useApp((state) => state.backboneStatus);
  const epoch = useApp((state) => state.lab.ruleEpoch);
  return useMemo(
    () => evaluationKey({ currentRun, photos, fit, backboneStatus }, epoch),
    [currentRun, photos, fit, backboneStatus, epoch],
  );
}

export function useJobState(job: JudgedOn): JobState<Judged> {
  return useApp((state) => state.evaluation[job]);
}

/** True when photos, run or head are others than those that were judged. */
export function useIsStale(job: EvaluationJob): boolean {
  const key = useEvaluationKey();
  const judged = useApp((state) => state.evaluation[job].result?.key ?? null);
  return judged !== null && judged !== key;
}

/** The chosen judgement; null until there is one. */
export function useJudged(): Judged | null {
  const { on } = useJudgingChoice();
  return useJobState(on).result;
}

export interface AnsweredPhoto {
  readonly photo: Photo;
  readonly row: JudgedRow;
  /** Null when the class is gone by now. */
  readonly answer: ClassInfo | null;
  readonly truth: ClassInfo | null;
}

/** Photos that were deleted meanwhile are left out. */
export function useAnsweredPhotos(
  judged: Judged,
  rows: readonly JudgedRow[],
): readonly AnsweredPhoto[] {
  const photos = useApp((state) => state.photos);
  return useMemo(
    () =>
      rows.flatMap((row) => {
        const photo = photos.get(judged.photoIds[row.row] ?? '');
        return photo === undefined
          ? []
          : [
              {
                photo,
                row,
                answer: judged.classes[row.answer] ?? null,
                truth: judged.classes[row.truth] ?? null,
              },
            ];
      }),
    [judged, rows, photos],
  );
}
