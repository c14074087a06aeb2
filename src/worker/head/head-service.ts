/**
 * The worker's head requests: keeps the training data, runs one training at a time, answers pause,
 * resume and stop while it runs, and hands out checkpoints of the latest runs.
 */
import { getBackend } from '@tensorflow/tfjs-core';
import type { BackendName } from '../../domain/backend.ts';
import { BACKEND_NAMES } from '../../domain/backend.ts';
import { chooseEpochs, packHeads, type HeadHistory } from '../../domain/head-history.ts';
import type { HeadWeights } from '../../domain/head.ts';
import { validateHyperparameters } from '../../domain/hyperparameter-specs.ts';
import type { Hyperparameters } from '../../domain/hyperparameters.ts';
import { isResumePoint } from '../../domain/unfinished-run.ts';
import type {
  EngineEvent,
  EngineRequestMap,
  ResumeFrom,
  TrainingData,
  TrainOutcome,
} from '../../protocol/engine-messages.ts';
import { EngineError } from '../../protocol/errors.ts';
import { throwIfAborted, withTransfer, type Handlers, type RequestContext } from '../dispatch.ts';
import { createCheckpointStore, type CheckpointStore } from './checkpoint-store.ts';
import { chooseHeadMath } from './choose-head-math.ts';
import type { CreateHeadMath } from './head-math.ts';
import { parameterBytes, toHeadWeights, type HeadShape } from './head-parameters.ts';
import { createRunControl, type RunControl } from './run-control.ts';
import { scoreSplit } from './score-split.ts';
import { sweepRates } from './rate-sweep.ts';
import { headShape, trainHead } from './train-head.ts';
import { checkTrainingData, createTrainingSet, type TrainingSet } from './training-set.ts';

export type HeadRequestMap = Pick<
  EngineRequestMap,
  | 'head/load-data'
  | 'head/train'
  | 'head/pause'
  | 'head/resume'
  | 'head/stop'
  | 'head/checkpoint'
  | 'head/history'
  | 'head/score-split'
  | 'head/find-rate'
>;
export type HeadHandlers = Handlers<HeadRequestMap, EngineEvent>;

export interface HeadServiceOptions {
  /** Default: the one for the backend that is open when a run starts. */
  readonly createMath?: CreateHeadMath;
  /** Budget of checkpoints for each run kept. */
  readonly checkpointBytes?: number;
}

/** The run on screen and the one before it (a slider was moved: the old curve stays as a ghost). */
const RUNS_KEPT = 2;
const CHECKPOINT_BYTES = 48 * 1024 * 1024;

interface KeptRun {
  readonly runId: string;
  readonly control: RunControl;
  readonly checkpoints: CheckpointStore;
  readonly shape: HeadShape;
  readonly standardisation: HeadWeights['standardisation'];
  finished: boolean;
}

export function createHeadService(options: HeadServiceOptions = {}): HeadHandlers {
  const runs = new Map<string, KeptRun>();
  let data: TrainingData | null = null;
  let prepared: { readonly key: string; readonly trainingSet: TrainingSet } | null = null;
  /** Settles when the run under way (and those waiting before it) are done. */
  let queue: Promise<unknown> = Promise.resolve();

  /** Kept from run to run: moving a slider seldom changes what the inputs are. */
  function trainingSetFor(source: TrainingData, settings: Hyperparameters): TrainingSet {
    const { standardise, labelSmoothing, balanceClasses } = settings;
    const key = `${source.dataKey} ${standardise} ${labelSmoothing} ${balanceClasses}`;
    if (prepared?.key !== key) prepared = { key, trainingSet: createTrainingSet(source, settings) };
    return prepared.trainingSet;
  }

  function register(
    runId: string,
    trainingSet: TrainingSet,
    settings: Hyperparameters,
    signal: AbortSignal,
  ): KeptRun {
    const shape = headShape(trainingSet, settings.hiddenUnits);
    const run: KeptRun = {
      runId,
      control: createRunControl(signal),
      checkpoints: createCheckpointStore(
        parameterBytes(shape),
        options.checkpointBytes ?? CHECKPOINT_BYTES,
      ),
      shape,
      standardisation: trainingSet.standardisation,
      finished: false,
    };
    runs.set(runId, run);
    for (const older of [...runs.values()].filter(({ finished }) => finished)) {
      if (runs.size > RUNS_KEPT) runs.delete(older.runId);
    }
    return run;
  }

  function dataOf(dataKey: string): TrainingData {
    if (data?.dataKey === dataKey) return data;
    const message = `no training data under key "${dataKey}"`;
    throw new EngineError({ code: 'data-not-loaded', message });
  }

  /** Waits for a run that is under way: both would only take the processor from each other. */
  async function findRate(
    { dataKey, hyperparameters }: HeadRequestMap['head/find-rate']['in'],
    { signal }: RequestContext<EngineEvent>,
  ): Promise<HeadRequestMap['head/find-rate']['out']> {
    const source = dataOf(dataKey);
    const settings = checkedHyperparameters(hyperparameters);
    await queue;
    throwIfAborted(signal);
    const control = createRunControl(signal);
    control.start();
    try {
      const createMath = options.createMath ?? chooseHeadMath();
      const sweep = await sweepRates({
        data: source,
        hyperparameters: settings,
        createMath,
        control,
      });
      if (sweep !== null) return { sweep };
      throw new EngineError({ code: 'aborted', message: 'cancelled by the caller' });
    } finally {
      control.close();
    }
  }

  async function train(
    payload: HeadRequestMap['head/train']['in'],
    { signal, emit }: RequestContext<EngineEvent>,
  ): Promise<TrainOutcome> {
    const { runId } = payload;
    throwIfAborted(signal);
    const source = dataOf(payload.dataKey);
    if (runs.has(runId)) badRequest(`run "${runId}" was already started`);
    const settings = checkedHyperparameters(payload.hyperparameters);
    const trainingSet = trainingSetFor(source, settings);
    const run = register(runId, trainingSet, settings, signal);
    const before = queue;
    const outcome = before.then(async () => {
      try {
        throwIfAborted(signal);
        return await trainNow(run, trainingSet, settings, payload, { signal, emit });
      } finally {
        run.finished = true;
        run.control.close();
      }
    });
    queue = outcome.catch(() => undefined);
    return outcome;
  }

  async function trainNow(
    run: KeptRun,
    trainingSet: TrainingSet,
    hyperparameters: Hyperparameters,
    { resume, points, startFrom }: HeadRequestMap['head/train']['in'],
    { signal, emit }: RequestContext<EngineEvent>,
  ): Promise<TrainOutcome> {
    const { control, checkpoints, runId } = run;
    control.start(resume?.point.elapsedMs ?? 0);
    const result = await trainHead({
      trainingSet,
      hyperparameters,
      createMath: options.createMath ?? chooseHeadMath(),
      control,
      checkpoints,
      onEpoch: (metrics) => {
        emit({ type: 'train/epoch', runId, metrics });
      },
      ...(startFrom === undefined ? {} : { startFrom }),
      ...(resume === undefined ? {} : { resume: checkedResume(resume) }),
      ...(points === undefined
        ? {}
        : { points: { ...points, take: (point) => emit({ type: 'train/point', runId, point }) } }),
    });
    throwIfAborted(signal);
    const bestHead = headAt(run, result.bestEpoch);
    if (bestHead === null) {
      throw new EngineError({ code: 'internal', message: 'the best epoch was not kept' });
    }
    return { ...result, bestHead, backend: currentBackend(), elapsedMs: control.elapsedMs() };
  }

  function underWay(runId: string): KeptRun | null {
    const run = runs.get(runId);
    return run === undefined || run.finished ? null : run;
  }

  return {
    'head/load-data': (payload) => {
      checkTrainingData(payload);
      data = payload;
      prepared = null;
      return { dataKey: payload.dataKey };
    },
    'head/train': train,
    'head/find-rate': findRate,
    'head/pause': ({ runId }) => {
      underWay(runId)?.control.pause();
      return { paused: underWay(runId)?.control.isPaused ?? false };
    },
    'head/resume': ({ runId }) => {
      underWay(runId)?.control.resume();
      return { paused: underWay(runId)?.control.isPaused ?? false };
    },
    'head/stop': ({ runId }) => {
      const run = underWay(runId);
      run?.control.stop();
      return { stopped: run !== null };
    },
    'head/checkpoint': ({ runId, epoch }) => {
      const run = runs.get(runId);
      return { head: run === undefined ? null : headAt(run, epoch) };
    },
    'head/score-split': async ({ data: split, hyperparameters }, { signal }) => {
      const settings = checkedHyperparameters(hyperparameters);
      checkTrainingData(split);
      const score = queue.then(() =>
        scoreSplit(split, settings, options.createMath ?? chooseHeadMath(), signal),
      );
      queue = score.catch(() => undefined);
      return score;
    },
    'head/history': ({ runId, budgetBytes, important }) => {
      const run = runs.get(runId);
      const history = run === undefined ? null : historyOf(run, budgetBytes, important);
      // Made for this reply alone. Copied, up to 28 MB would hold up the page when a run ends.
      return withTransfer({ history }, history === null ? [] : [history.weights.buffer]);
    },
  };
}

function headAt(run: KeptRun, epoch: number): HeadWeights | null {
  const parameters = run.checkpoints.get(epoch);
  return parameters === null ? null : toHeadWeights(parameters, run.shape, run.standardisation);
}

/** At least this many heads are handed out, however large one is. */
const FEWEST_HEADS = 8;

/** Epoch 0, the untrained head, is left out: no curve point belongs to it. */
function historyOf(
  run: KeptRun,
  budgetBytes: number,
  important: readonly number[],
): HeadHistory | null {
  const available = run.checkpoints.epochs().filter((epoch) => epoch > 0);
  const capacity = Math.max(FEWEST_HEADS, Math.floor(budgetBytes / parameterBytes(run.shape)));
  const epochs = chooseEpochs(
    [...available].sort((a, b) => a - b),
    important,
    capacity,
  );
  return packHeads(
    epochs.flatMap((epoch) => {
      const head = headAt(run, epoch);
      return head === null ? [] : [{ epoch, head }];
    }),
  );
}

function checkedHyperparameters(input: unknown): Hyperparameters {
  const check = validateHyperparameters(input);
  if (check.ok) return check.value;
  return badRequest(
    `settings refused: ${check.problems.map(({ key, verdict }) => `${key} ${verdict}`).join(', ')}`,
  );
}

function checkedResume(resume: ResumeFrom): ResumeFrom {
  const isWhole = isResumePoint(resume.point) && resume.metrics.length === resume.point.epoch;
  return isWhole ? resume : badRequest('the point to go on from is damaged');
}

function badRequest(message: string): never {
  throw new EngineError({ code: 'bad-request', message });
}

function currentBackend(): BackendName {
  const name = getBackend();
  return BACKEND_NAMES.find((known) => known === name) ?? 'cpu';
}
