/**
 * Runs evaluation jobs: gathers the photos that may honestly judge, hands their embeddings to the
 * worker, keeps what came of it. Loaded with the first job.
 */
import { classesDiffer, collectJudging, evaluationKey, type Judging } from './judging-rows.ts';
import { EngineError } from '../../protocol/errors.ts';
import type { EvaluationPhotos } from '../../protocol/evaluation-messages.ts';
import type {
  EvaluationJob,
  EvaluationJobs,
  EvaluationProblem,
  JobState,
  JudgedOn,
} from '../evaluation-state.ts';
import type { SliceTools } from '../slice-tools.ts';
import { keepAbstention } from './kept-abstention.ts';
import { createProgressMeter } from './progress-meter.ts';
import { countTestUse } from './test-uses.ts';
import { addZeroShot } from './zero-shot.ts';

const FOLDS = 5;
/** Chance in evaluations: resampling, folds. Fixed, so that the same photos give the same numbers. */
const SEED = 20_150;

export class ProblemError extends Error {
  constructor(readonly problem: EvaluationProblem) {
    super(problem.code);
  }
}

type Results = {
  readonly [Job in EvaluationJob]: NonNullable<EvaluationJobs[Job]['result']>;
};

/** Never rejects. */
export async function runJob(
  tools: SliceTools,
  job: EvaluationJob,
  signal: AbortSignal,
): Promise<void> {
  const { get, services } = tools;
  const patch = (change: Partial<JobState<unknown>>): void => {
    const { evaluation } = get();
    tools.set({ evaluation: { ...evaluation, [job]: { ...evaluation[job], ...change } } });
  };
  const meter = createProgressMeter(services.now);
  patch({ progress: { total: 1, done: 0, etaMs: null }, problem: null });
  let known = 0;
  let reported = 0;
  const onProgress = (done: number, total: number): void => {
    if (known === 0) meter.addTotal(total);
    known = total;
    meter.addDone(done - reported);
    reported = done;
    patch({ progress: meter.read() });
  };
  try {
    const result = await perform(tools, job, signal, onProgress);
    signal.throwIfAborted();
    patch({ result, progress: null, problem: null });
  } catch (error) {
    if (signal.aborted) patch({ progress: null });
    else patch({ progress: null, problem: problemOf(error), result: null });
  }
}

function problemOf(error: unknown): EvaluationProblem {
  if (error instanceof ProblemError) return error.problem;
  return { code: 'failed', errorCode: error instanceof EngineError ? error.code : 'internal' };
}

async function perform(
  tools: SliceTools,
  job: EvaluationJob,
  signal: AbortSignal,
  onProgress: (done: number, total: number) => void,
): Promise<Results[EvaluationJob]> {
  const judging = judgingFor(tools, job === 'learning' ? 'folds' : job);
  const photos = await readPhotos(tools, judging);
  const { run, epoch } = judging;
  const common = { jobId: tools.services.newId(), photos, seed: SEED };
  const recipe = {
    hyperparameters: run.hyperparameters,
    epochs: Math.max(1, epoch),
    folds: FOLDS,
  };
  const judged = {
    key: evaluationKey(tools.get(), epoch),
    runId: run.id,
    photoIds: judging.photos.map((photo) => photo.id),
    classes: run.classes,
  };
  const options = { signal, onProgress };
  const { engine } = tools.services;
  if (job === 'folds') {
    const request = { ...common, ...recipe };
    const reply = await engine.evaluate('evaluate/cross-validate', request, options);
    if ('problem' in reply) throw new ProblemError(reply.problem);
    const result = { ...judged, on: 'folds', evaluation: reply.result } as const;
    return addZeroShot(tools, { ...result, zeroShotAbsence: null }, signal);
  }
  if (job === 'learning') {
    const request = { ...common, ...recipe };
    const reply = await engine.evaluate('evaluate/learning-curve', request, options);
    if ('problem' in reply) throw new ProblemError(reply.problem);
    return { ...judged, measurement: reply.result };
  }
  const rows = { train: judging.trainRows, validation: judging.validationRows };
  const evaluation = await engine.evaluate(
    'evaluate/judge',
    {
      ...common,
      head: judging.head,
      trainRows: rows.train,
      validationRows: rows.validation,
      judgedRows: judging.judgedRows,
    },
    options,
  );
  const testIds = Array.from(judging.judgedRows, (row) => judged.photoIds[row] ?? '');
  const testUses = job === 'test' ? await countTestUse(tools, judging.run.id, testIds) : 0;
  if (job === 'validation') {
    const { abstention } = tools.get();
    const suggested = { ...evaluation.abstention.suggested, runId: run.id };
    tools.set({ abstention: { ...abstention, suggested } });
    void keepAbstention(tools);
  }
  const result = { ...judged, on: job, epoch, evaluation, testUses, zeroShotAbsence: null };
  return addZeroShot(tools, result, signal);
}

/** Throws ProblemError when there is no honest way to judge. */
function judgingFor(tools: SliceTools, on: JudgedOn): Judging {
  const { get, embedder, timeline } = tools;
  const state = get();
  const { currentRun: run } = state;
  const inUse = timeline.headOfRule();
  if (run === null || inUse?.runId !== run.id) throw new ProblemError({ code: 'no-run' });
  if (embedder.source?.weightsSha256 !== run.backboneSha256) {
    throw new ProblemError({ code: 'other-backbone' });
  }
  if (state.fit !== run.fit) throw new ProblemError({ code: 'other-fit' });
  const names = classesDiffer(run, state);
  if (names.length > 0) throw new ProblemError({ code: 'other-classes', names });
  const judging = collectJudging(state, run, inUse, on);
  if ('problem' in judging) throw new ProblemError(judging.problem);
  const missing = judging.photos.filter((photo) => !embedder.isEmbedded(photo)).length;
  if (missing > 0) throw new ProblemError({ code: 'not-embedded', count: missing });
  return judging;
}

async function readPhotos(
  { embedder }: SliceTools,
  { photos, labels, groups, run }: Judging,
): Promise<EvaluationPhotos> {
  const embeddings = await embedder.read(photos);
  return {
    embeddings,
    count: photos.length,
    dim: embeddings.length / Math.max(1, photos.length),
    labels,
    groups,
    classCount: run.classes.length,
  };
}
