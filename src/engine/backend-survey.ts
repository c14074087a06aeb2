/**
 * Measures backends, each in a fresh worker of its own that is ended afterwards: a backend that
 * hangs, crashes or leaks takes nothing else with it, and none is timed beside another.
 */
import type { BackboneArtifacts, BackboneCard } from '../domain/backbone-card.ts';
import type { BackendName, BackendReport, BackendVerdict } from '../domain/backend.ts';
import type { EngineEvent, EngineRequestMap } from '../protocol/engine-messages.ts';
import { EngineError, type EngineErrorCode } from '../protocol/errors.ts';
import { abortable, abortedError, toEngineError } from './abort.ts';
import { startCountdown } from './countdown.ts';
import { WorkerChannel } from './worker-channel.ts';
import type { WorkerPort } from './worker-port.ts';

export interface SurveyRequest {
  readonly candidates: readonly BackendName[];
  readonly card: BackboneCard;
  readonly artifacts: BackboneArtifacts;
  /** For everything about one candidate. One that is right but slower than this is refused too. */
  readonly timeoutMs: number;
  readonly onReport: (report: BackendReport) => void;
}

type Measured = { -readonly [Key in keyof BackendReport]: BackendReport[Key] };
type SurveyChannel = WorkerChannel<EngineRequestMap, EngineEvent>;

/** Large enough to keep a GPU busy, small enough that a software adapter (1 image/s) can finish. */
const IMAGE_BATCH = 8;
/** The most time given to measuring rates. */
const TIMING_BUDGET_MS = 1500;

/** One report per candidate, in order. Rejects only with 'aborted'. */
export async function surveyBackends(
  createWorker: () => WorkerPort,
  wasmPath: string,
  request: SurveyRequest,
  signal?: AbortSignal,
): Promise<readonly BackendReport[]> {
  const reports: BackendReport[] = [];
  for (const backend of request.candidates) {
    if (signal?.aborted === true) throw abortedError('the survey');
    const report = await surveyOne(createWorker, wasmPath, backend, request, signal);
    reports.push(report);
    request.onReport(report);
  }
  return reports;
}

async function surveyOne(
  createWorker: () => WorkerPort,
  wasmPath: string,
  backend: BackendName,
  request: SurveyRequest,
  signal: AbortSignal | undefined,
): Promise<BackendReport> {
  const report = emptyReport(backend);
  let channel: SurveyChannel;
  try {
    channel = new WorkerChannel<EngineRequestMap, EngineEvent>({
      worker: createWorker(),
      onEvent: (event) => {
        if (event.type !== 'device-lost') return;
        channel.close(new EngineError({ code: 'device-lost', message: 'the device was lost' }));
      },
      onDown: () => undefined,
    });
  } catch (thrown) {
    return { ...report, verdict: 'failed', detail: toEngineError(thrown).message };
  }
  const outOfTime = startCountdown(request.timeoutMs, () => {
    const message = `not finished within ${request.timeoutMs} ms`;
    channel.close(new EngineError({ code: 'worker-timeout', message }));
  });
  try {
    await abortable(measure(channel, wasmPath, request, report), signal, 'the survey');
  } catch (thrown) {
    const error = toEngineError(thrown);
    if (error.code === 'aborted') throw error;
    report.verdict = verdictOf(error.code);
    report.detail = `${error.code}: ${error.message}`;
  } finally {
    outOfTime.stop();
    channel.close(abortedError('the survey'));
  }
  return report;
}

/** Fills the report as far as it gets; a number that was measured stays even if a later step fails. */
async function measure(
  channel: SurveyChannel,
  wasmPath: string,
  { card, artifacts, timeoutMs }: SurveyRequest,
  report: Measured,
): Promise<void> {
  const opened = await channel.call('backend/open', { backend: report.backend, wasmPath });
  report.openMs = opened.openMs;
  report.device = opened.device;
  if (opened.backend !== report.backend) {
    const message = `opened ${opened.backend} instead`;
    throw new EngineError({ code: 'backend-unavailable', message });
  }
  const checked = await channel.call('backend/check', {});
  report.forwardError = checked.forwardError;
  report.gradientError = checked.gradientError;
  if (!checked.right) {
    report.verdict = 'wrong-numbers';
    report.detail = 'the small reference network came out wrong';
    return;
  }
  await channel.call('backbone/load', { card, artifacts });
  const timed = await channel.call('backend/time', {
    imageBatch: IMAGE_BATCH,
    budgetMs: Math.min(TIMING_BUDGET_MS, timeoutMs / 4),
  });
  report.imagesPerSecond = timed.imagesPerSecond;
  report.headStepsPerSecond = timed.headStepsPerSecond;
  report.verdict = 'right';
}

function verdictOf(code: EngineErrorCode): BackendVerdict {
  if (code === 'backend-unavailable') return 'unavailable';
  if (code === 'backbone-wrong-numbers') return 'wrong-numbers';
  if (code === 'worker-timeout') return 'timed-out';
  return 'failed';
}

function emptyReport(backend: BackendName): Measured {
  return {
    backend,
    verdict: 'failed',
    openMs: null,
    forwardError: null,
    gradientError: null,
    imagesPerSecond: null,
    headStepsPerSecond: null,
    device: null,
    detail: null,
  };
}
