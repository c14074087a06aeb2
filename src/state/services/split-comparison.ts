/** Trains small heads on honest and on leaky splits of the cached embeddings, and compares them. */
import { DEFAULT_HYPERPARAMETERS } from '../../domain/hyperparameter-specs.ts';
import { judgeTrials, planTrials, type TrialScore } from '../../domain/split-trials.ts';
import type { App } from '../app-store.ts';
import type { Comparison } from './findings-service.ts';

/** Never rejects; 'none' when it was cancelled. Nothing of the project is changed. */
export async function compareSplits(
  { store, services, tools }: Pick<App, 'store' | 'services' | 'tools'>,
  signal: AbortSignal,
  show: (comparison: Comparison) => void,
): Promise<Comparison> {
  try {
    show({ status: 'running', done: 0, total: 0 });
    await tools.embedder.resume();
    const { classes, photos, split } = store.getState();
    const plan = planTrials(classes, photos.values(), split);
    const dim = tools.embedder.source?.width ?? 0;
    if (plan === null || dim === 0) return { status: 'too-few' };
    const total = plan.trials.length;
    const embeddings = await tools.embedder.read(plan.photos);
    const scores: TrialScore[] = [];
    for (const [done, { kind, trainRows, validationRows }] of plan.trials.entries()) {
      show({ status: 'running', done, total });
      const data = {
        dataKey: `trial ${String(done)}`,
        embeddings,
        count: plan.photos.length,
        dim,
        labels: plan.labels,
        classCount: plan.classes.length,
        trainRows,
        validationRows,
      };
      const score = await services.engine.scoreSplit(data, DEFAULT_HYPERPARAMETERS, signal);
      scores.push({ kind, ...score });
    }
    const verdict = judgeTrials(scores);
    if (verdict === null) return { status: 'too-few' };
    return { status: 'done', verdict, photos: plan.photos.length };
  } catch {
    return { status: signal.aborted ? 'none' : 'failed' };
  }
}
