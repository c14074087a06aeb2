/**
 * Files on their way in: prepared in the intake workers, written to storage, then shown. Each photo
 * is on disk before it is on screen. One bad file never stops the others.
 */
import type { ClassId, PhotoId, PhotoOrigin } from '../../domain/photo.ts';
import { EngineError } from '../../protocol/errors.ts';
import { StorageError } from '../../storage/storage.ts';
import type { StoreAccess } from '../slice-tools.ts';
import type { IntakeTarget, Refusal } from '../store-types.ts';
import type { AppServices } from './app-services.ts';
import type { DatasetEditor } from './dataset-editor.ts';
import type { Embedder } from './embedder.ts';
import type { IncomingPhoto } from './incoming-photo.ts';
import { createClassFinder } from './intake-classes.ts';
import { prepareItem, type IntakeItem, type Outcome } from './prepare-item.ts';
import { createProgressMeter } from './progress-meter.ts';
import { refuseReader } from './read-only.ts';
import { createStorageWatch, watchStorage } from './storage-usage.ts';

export interface IntakeJob {
  readonly items: readonly IntakeItem[];
  readonly target: IntakeTarget;
  readonly origin: PhotoOrigin;
  /** Cancelled half-way, nothing of it stays. */
  readonly isWhole?: boolean;
}

interface RunningJob {
  readonly job: IntakeJob;
  /** What it does is undone together. */
  readonly mergeKey: string;
  readonly classOf: (folder: string | null) => ClassId | null;
}

export interface IntakeRunner {
  run(job: IntakeJob): Promise<void>;
  cancel(): void;
}

/**
 * Photos prepared, written in one transaction and shown together. Few at first, so that they appear
 * steadily; more in a large project, because deciding sides and drawing the grid go over all photos
 * each time: batches that grow with the project keep the cost of one photo the same.
 */
const FEWEST_PHOTOS = 8;
const MOST_PHOTOS = 96;
const SHARE_OF_PROJECT = 1 / 80;

function batchSize(photosBefore: number): number {
  const grown = Math.round(photosBefore * SHARE_OF_PROJECT);
  return Math.min(MOST_PHOTOS, Math.max(FEWEST_PHOTOS, grown));
}

export function createIntakeRunner({
  get,
  set,
  services,
  editor,
  embedder,
}: StoreAccess & {
  services: AppServices;
  editor: DatasetEditor;
  embedder: Embedder;
}): IntakeRunner {
  const { engine, now } = services;
  const queue: { job: IntakeJob; done: () => void }[] = [];
  let abort: AbortController | null = null;
  let reportId = 0;
  let meter = createProgressMeter(now);
  const storageWatch = createStorageWatch({ get, set, services });

  /** Copies within a class add nothing and would count twice; across classes they are the person's to judge. */
  function isCopy(classId: ClassId, contentHash: string, batch: readonly IncomingPhoto[]): boolean {
    if (batch.some((other) => other.classId === classId && other.contentHash === contentHash))
      return true;
    return editor.hasCopy(classId, contentHash);
  }

  async function store(outcomes: readonly Outcome[], { job, mergeKey, classOf }: RunningJob) {
    const refusals: Refusal[] = [];
    const photos: IncomingPhoto[] = [];
    for (const outcome of outcomes) {
      if (outcome.kind === 'refused') {
        refusals.push(outcome.refusal);
        continue;
      }
      const { item, prepared } = outcome;
      const classId = classOf(item.folder);
      if (classId === null) {
        refusals.push({ fileName: item.name, code: 'no-class' });
      } else if (isCopy(classId, prepared.contentHash, photos)) {
        refusals.push({ fileName: item.name, code: 'duplicate' });
      } else {
        photos.push({ ...prepared, classId, name: item.name, origin: job.origin });
      }
    }
    const added = photos.length === 0 ? [] : await editor.addPhotos(photos, mergeKey);
    return { added, refusals };
  }

  async function runJob(job: IntakeJob, signal: AbortSignal): Promise<void> {
    // A recording arrives frame by frame and is taken back as one.
    const mergeKey = job.origin.burstId ?? services.newId();
    const classOf = createClassFinder(job.target, {
      classes: () => get().classes,
      add: (name) => editor.addClass(name, mergeKey),
    });
    let taken = 0;
    /** Empty when there is nothing left to take. */
    const startNext = () => {
      const chunk = job.items.slice(taken, taken + batchSize(get().photos.size));
      taken += chunk.length;
      const promise = Promise.all(chunk.map((item) => prepareItem(engine, item, signal)));
      promise.catch(() => undefined); // awaited below; an abort before that must not be unhandled
      return promise;
    };
    const isGivenUp = (): boolean => signal.aborted && job.isWhole === true;
    const ids: PhotoId[] = [];
    let refusals: Refusal[] = [];
    let next = startNext();
    try {
      while (!signal.aborted) {
        const outcomes = await next;
        if (outcomes.length === 0 || isGivenUp()) break;
        next = startNext();
        const result = await store(outcomes, { job, mergeKey, classOf });
        ids.push(...result.added);
        refusals.push(...result.refusals);
        set({ intake: meter.addDone(outcomes.length) });
        void embedder.ensure();
        storageWatch();
      }
    } catch (error) {
      const aborted = error instanceof EngineError && error.code === 'aborted';
      if (!aborted) refusals.push(...remaining(job, ids.length + refusals.length, error));
    }
    const cancelled = signal.aborted;
    if (isGivenUp()) {
      editor.takeBack(mergeKey, ids);
      ids.length = 0;
      refusals = [];
    }
    const added = ids.length;
    const report = { id: ++reportId, added, total: job.items.length, cancelled, refusals };
    set({ intakeReport: mergeReports(report) });
  }

  /** Every file that was not reached is named, so that nobody believes it was taken. */
  function remaining(job: IntakeJob, reached: number, error: unknown): readonly Refusal[] {
    const full = error instanceof StorageError && error.code === 'quota-exceeded';
    if (full) get().notify({ tone: 'error', messageKey: 'storage.full', params: {} });
    const code = full ? 'storage-full' : 'failed';
    return job.items.slice(reached).map((item) => ({ fileName: item.name, code }));
  }

  function mergeReports(report: NonNullable<ReturnType<typeof get>['intakeReport']>) {
    const earlier = get().intakeReport;
    if (earlier === null || queue.length === 0) return report;
    return {
      ...report,
      added: earlier.added + report.added,
      total: earlier.total + report.total,
      refusals: [...earlier.refusals, ...report.refusals],
    };
  }

  async function drain(): Promise<void> {
    abort = new AbortController();
    meter = createProgressMeter(now);
    for (const { job } of queue) meter.addTotal(job.items.length);
    set({ intake: meter.read() });
    for (;;) {
      const next = queue.shift();
      if (next === undefined) break;
      if (!abort.signal.aborted) await runJob(next.job, abort.signal);
      next.done();
    }
    abort = null;
    void embedder.ensure();
    set({ intake: null });
    void watchStorage({ get, set, services });
  }

  return {
    run(job) {
      if (job.items.length === 0 || refuseReader(get)) return Promise.resolve();
      return new Promise((resolve) => {
        queue.push({ job, done: resolve });
        if (abort === null) void drain();
        else {
          meter.addTotal(job.items.length);
          set({ intake: meter.read() });
        }
      });
    },
    cancel() {
      abort?.abort();
    },
  };
}
