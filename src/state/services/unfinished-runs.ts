/** Keeps the run under way on disk, and finds one that was interrupted when the page comes back. */
import type { UnfinishedRun } from '../../domain/unfinished-run.ts';
import type { StoreAccess } from '../slice-tools.ts';
import type { AppServices } from './app-services.ts';

export interface UnfinishedRuns {
  /** Written when the one before is; what comes in between is passed over for the newest. */
  save(run: UnfinishedRun): void;
  /** Removes what is stored, now and of writes under way. */
  forget(): Promise<void>;
  /** Offers the stored one if it is of this data; removes it otherwise. */
  find(dataKeyOf: (run: UnfinishedRun) => string): Promise<void>;
  /** The one on offer, which is on offer no longer; it stays stored until the run ends. */
  take(): UnfinishedRun | null;
}

export function createUnfinishedRuns({
  get,
  set,
  services,
}: StoreAccess & { services: AppServices }): UnfinishedRuns {
  const { storage } = services;
  let waiting: UnfinishedRun | null = null;
  let writing: Promise<void> | null = null;
  let offered: UnfinishedRun | null = null;

  function offer(run: UnfinishedRun | null): void {
    offered = run;
    const epochs = run?.hyperparameters.epochs ?? 0;
    set({ unfinishedRun: run === null ? null : { epoch: run.metrics.length, epochs } });
  }

  async function writeAll(): Promise<void> {
    while (waiting !== null) {
      const run = waiting;
      waiting = null;
      // Losing a point costs seconds of training, and only after a crash.
      await storage.putUnfinishedRun(run).catch(() => undefined);
    }
    writing = null;
  }

  return {
    save(run) {
      waiting = run;
      writing ??= writeAll();
    },
    async forget() {
      const { projectId } = get();
      offer(null);
      waiting = null;
      await writing;
      await storage.deleteUnfinishedRun(projectId).catch(() => undefined);
    },
    async find(dataKeyOf) {
      const { projectId } = get();
      const run = await storage.getUnfinishedRun(projectId).catch(() => null);
      if (run === null || get().projectId !== projectId) return;
      // The page may have come to its end between storing the run and removing this.
      const isFinished = (await storage.getRun(run.runId).catch(() => null)) !== null;
      if (run.dataKey === dataKeyOf(run) && !isFinished) offer(run);
      else await this.forget();
    },
    take() {
      const run = offered;
      offer(null);
      return run;
    },
  };
}
