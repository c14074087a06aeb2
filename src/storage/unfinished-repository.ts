/** Training runs that are under way, one for a project, so that a crash costs seconds and not the run. */
import { isUnfinishedRun, type ResumePoint, type UnfinishedRun } from '../domain/unfinished-run.ts';
import type { Database } from './open-database.ts';
import { ownBuffer } from './own-buffer.ts';
import type { Session } from './session.ts';
import type { Storage } from './storage.ts';

type UnfinishedRepository = Pick<
  Storage,
  'getUnfinishedRun' | 'putUnfinishedRun' | 'deleteUnfinishedRun'
>;

export function createUnfinishedRepository(
  database: Database,
  session: Session,
): UnfinishedRepository {
  return {
    async getUnfinishedRun(projectId) {
      const record: unknown = await database.read(['unfinishedRuns'], (t) =>
        t.store.get(projectId),
      );
      if (record === undefined) return null;
      if (isUnfinishedRun(record)) return record;
      session.countDamaged();
      return null;
    },
    async putUnfinishedRun(run) {
      const record: UnfinishedRun = { ...run, point: withOwnBuffers(run.point) };
      // Every second of a long run: what a power cut could take is made again in seconds.
      await database.write(['projects', 'unfinishedRuns'], 'cheap', async (t) => {
        // A project that was removed meanwhile must not leave this behind.
        const owner = await t.objectStore('projects').getKey(run.projectId);
        if (owner !== undefined) await t.objectStore('unfinishedRuns').put(record, run.projectId);
      });
    },
    async deleteUnfinishedRun(projectId) {
      await database.write(['unfinishedRuns'], 'cheap', (t) => t.store.delete(projectId));
    },
  };
}

function withOwnBuffers(point: ResumePoint): ResumePoint {
  const own = (values: Float32Array | null) => (values === null ? null : ownBuffer(values));
  return {
    ...point,
    layers: point.layers.map(({ values, first, second }) => ({
      values: ownBuffer(values),
      first: own(first),
      second: own(second),
    })),
    bestLayers: point.bestLayers.map(ownBuffer),
  };
}
