/**
 * Runs. A run's record holds its curve and its best head; the heads of all its epochs, megabytes of
 * them, lie in a record of their own beside it, so that listing runs does not read them.
 */
import type { HeadHistory } from '../domain/head-history.ts';
import type { HeadWeights } from '../domain/head.ts';
import type { Run, RunId } from '../domain/run.ts';
import { summariseRun, type RunSummary } from '../domain/run-summary.ts';
import { getHistory, historyKey, historyKeys, putHistory } from './history-record.ts';
import type { Database } from './open-database.ts';
import { ownBuffer } from './own-buffer.ts';
import { isRun } from './record-checks.ts';
import { requestAll } from './request-all.ts';
import type { Session } from './session.ts';
import type { Storage } from './storage.ts';

type RunRepository = Pick<
  Storage,
  | 'listRuns'
  | 'listRunSummaries'
  | 'countRuns'
  | 'getRun'
  | 'getHeadHistory'
  | 'putRun'
  | 'changeRun'
  | 'deleteRun'
  | 'dropHeadHistory'
>;

export function createRunRepository(database: Database, session: Session): RunRepository {
  /** A run of an earlier version has its history inside. */
  async function readRun(id: RunId): Promise<{ run: Run; hasHistory: boolean } | null> {
    const [run, key] = await database.read(['runs'], ({ store }) =>
      Promise.all([store.get(id), store.getKey(historyKey(id))]),
    );
    if (run === undefined) return null;
    if (isRun(run)) return { run, hasHistory: key !== undefined || run.headHistory !== undefined };
    session.countDamaged();
    return null;
  }

  async function readHistory(id: RunId): Promise<HeadHistory | null> {
    return database.read(['runs'], ({ store }) => getHistory(store, id));
  }

  async function idsOf(projectId: string): Promise<readonly RunId[]> {
    return database.read(['runs'], ({ store }) => store.index('projectId').getAllKeys(projectId));
  }

  return {
    async listRuns(projectId) {
      const runs: Run[] = [];
      for (const id of await idsOf(projectId)) {
        const found = await readRun(id);
        if (found === null) continue;
        const history = found.run.headHistory ?? (await readHistory(id));
        runs.push(history === null ? found.run : { ...found.run, headHistory: history });
      }
      return runs;
    },
    async listRunSummaries(projectId) {
      const summaries: RunSummary[] = [];
      // One after the other: the weights of one are gone again before the next one's are read.
      for (const id of await idsOf(projectId)) {
        const found = await readRun(id);
        if (found !== null) summaries.push(summariseRun(found.run, found.hasHistory));
      }
      return summaries;
    },
    countRuns: (projectId) =>
      database.read(['runs'], ({ store }) => store.index('projectId').count(projectId)),
    async getRun(id) {
      const found = await readRun(id);
      if (found === null) return null;
      const { headHistory: _inside, ...run } = found.run;
      return run;
    },
    async getHeadHistory(id) {
      const apart = await readHistory(id);
      return apart ?? (await readRun(id))?.run.headHistory ?? null;
    },
    async putRun({ headHistory, ...run }) {
      const record = { ...run, head: withOwnBuffers(run.head) };
      await database.write(['runs'], 'kept', async ({ store }) => {
        await store.put(record, run.id);
        if (headHistory !== undefined) await putHistory(store, run.id, headHistory);
        else await requestAll(historyKeys(run.id).map((key) => () => store.delete(key)));
      });
    },
    async changeRun(id, change) {
      await database.write(['runs'], 'kept', async ({ store }) => {
        const run = await store.get(id);
        if (isRun(run)) await store.put({ ...run, ...change }, id);
      });
    },
    async deleteRun(id) {
      await database.write(['runs'], 'kept', ({ store }) =>
        requestAll([id, ...historyKeys(id)].map((key) => () => store.delete(key))),
      );
    },
    async dropHeadHistory(id) {
      await database.write(['runs'], 'cheap', async ({ store }) => {
        await requestAll(historyKeys(id).map((key) => () => store.delete(key)));
        const run = await store.get(id);
        if (!isRun(run) || run.headHistory === undefined) return;
        const { headHistory: _inside, ...rest } = run;
        await store.put(rest, id);
      });
    },
  };
}

function withOwnBuffers(head: HeadWeights): HeadWeights {
  const { standardisation, hiddenKernel, hiddenBias, outputKernel, outputBias } = head;
  return {
    ...head,
    standardisation:
      standardisation === null
        ? null
        : { mean: ownBuffer(standardisation.mean), scale: ownBuffer(standardisation.scale) },
    hiddenKernel: hiddenKernel === null ? null : ownBuffer(hiddenKernel),
    hiddenBias: hiddenBias === null ? null : ownBuffer(hiddenBias),
    outputKernel: ownBuffer(outputKernel),
    outputBias: ownBuffer(outputBias),
  };
}
