/** Evaluation jobs and the dial for "I don't know". The work is loaded with the first job. */
import type { EvaluationJob, EvaluationSlice, JobState } from '../evaluation-state.ts';
import type { SliceTools } from '../slice-tools.ts';

const NOTHING: JobState<never> = { progress: null, problem: null, result: null };

export function createEvaluationSlice(tools: SliceTools): EvaluationSlice {
  const { get, set, editor } = tools;
  const running = new Map<EvaluationJob, AbortController>();
  return {
    evaluation: { validation: NOTHING, test: NOTHING, folds: NOTHING, learning: NOTHING },
    abstention: { isOn: false, confidenceFloor: null, withDistance: true, suggested: null },
    zeroShot: { backboneId: null, labels: [], matches: {}, chosen: {} },
    async evaluate(job) {
      running.get(job)?.abort();
      const abort = new AbortController();
      running.set(job, abort);
      const { runJob } = await import('../services/evaluator.ts');
      await runJob(tools, job, abort.signal);
      if (running.get(job) === abort) running.delete(job);
    },
    cancelEvaluation(job) {
      running.get(job)?.abort();
    },
    setAbstention(change) {
      set({ abstention: { ...get().abstention, ...change } });
      get().answerAgain();
      void import('../services/kept-abstention.ts').then(({ keepAbstention }) =>
        keepAbstention(tools),
      );
    },
    async matchZeroShot(classId, labels) {
      await (await import('../services/zero-shot.ts')).matchClass(tools, classId, labels);
    },
    setTestShare(testShare) {
      editor.setSplit({ ...get().split, testShare });
    },
  };
}
