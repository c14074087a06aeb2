/** What concerns several projects at once: the list's counts and covers, copies, and what nobody owns. */
import { getHistory, historyKeys, putHistory } from './history-record.ts';
import type { Database } from './open-database.ts';
import { keysUnder } from './photo-repository.ts';
import { isPhoto, isRun } from './record-checks.ts';
import { requestAll } from './request-all.ts';
import type { Storage } from './storage.ts';

type ShelfRepository = Pick<Storage, 'summariseProject' | 'copyProject' | 'removeOrphans'>;

export function createShelfRepository(database: Database): ShelfRepository {
  return {
    summariseProject: (id, coverPhotos) =>
      database.read(['photos', 'runs'], async (t) => {
        const photos = t.objectStore('photos');
        const [photoCount, runCount] = await Promise.all([
          photos.count(keysUnder(id)),
          t.objectStore('runs').index('projectId').count(id),
        ]);
        const coverHashes: string[] = [];
        const wanted = Math.min(coverPhotos, photoCount);
        if (wanted > 0) {
          // Photo ids are random, so steps through the keys are photos from all over the project.
          const stride = Math.floor(photoCount / wanted);
          let cursor = await photos.openCursor(keysUnder(id));
          while (cursor !== null && coverHashes.length < wanted) {
            const photo: unknown = cursor.value;
            if (isPhoto(photo)) coverHashes.push(photo.imageHash);
            cursor = await cursor.advance(stride);
          }
        }
        return { photoCount, runCount, coverHashes };
      }),

    async copyProject(from, copy, newRunId) {
      await database.write(['projects', 'photos', 'runs'], 'kept', async (t) => {
        const [photos, runs] = [t.objectStore('photos'), t.objectStore('runs')];
        const [ownPhotos, runIds] = await Promise.all([
          photos.getAll(keysUnder(from)),
          runs.index('projectId').getAllKeys(from),
        ]);
        const ownRuns = await Promise.all(
          runIds.map(async (id) => ({
            run: await runs.get(id),
            history: await getHistory(runs, id),
          })),
        );
        await requestAll([
          () => t.objectStore('projects').put(copy, copy.id),
          ...ownPhotos.map((photo) => () => photos.put(photo, [copy.id, photo.id])),
          ...ownRuns.map(({ run, history }) => async () => {
            if (!isRun(run)) return;
            const id = newRunId();
            await runs.put({ ...run, id, projectId: copy.id }, id);
            if (history !== null) await putHistory(runs, id, history);
          }),
        ]);
      });
    },

    async removeOrphans(isBusy) {
      const owners = await findOrphans(database);
      let removed = 0;
      for (const id of owners) if (!isBusy(id)) removed += await removeOwnerless(database, id);
      return removed;
    },
  };
}

/** Ids that photos, runs or unfinished runs name and no project has. */
async function findOrphans(database: Database): Promise<readonly string[]> {
  return database.read(['projects', 'photos', 'runs', 'unfinishedRuns'], async (t) => {
    const [projects, unfinished] = await Promise.all([
      t.objectStore('projects').getAllKeys(),
      t.objectStore('unfinishedRuns').getAllKeys(),
    ]);
    const known = new Set(projects);
    const orphans = new Set(unfinished.filter((id) => !known.has(id)));
    // From owner to owner: a project of ten thousand photos costs one step.
    let next: IDBKeyRange | null = null;
    for (;;) {
      const photos = await t.objectStore('photos').openKeyCursor(next);
      if (photos === null) break;
      const [owner] = photos.key;
      if (!known.has(owner)) orphans.add(owner);
      next = IDBKeyRange.lowerBound([owner, []]);
    }
    const byProject = t.objectStore('runs').index('projectId');
    let run = await byProject.openKeyCursor(null, 'nextunique');
    while (run !== null) {
      if (!known.has(run.key)) orphans.add(run.key);
      run = await run.continue();
    }
    return [...orphans];
  });
}

/** Looks again inside the transaction: the project may have come in the meantime. */
function removeOwnerless(database: Database, id: string): Promise<number> {
  return database.write(
    ['projects', 'photos', 'runs', 'unfinishedRuns'],
    'cheap',
    async (t): Promise<number> => {
      if ((await t.objectStore('projects').getKey(id)) !== undefined) return 0;
      const [photos, runs] = [t.objectStore('photos'), t.objectStore('runs')];
      const count = await photos.count(keysUnder(id));
      const runIds = await runs.index('projectId').getAllKeys(id);
      await requestAll([
        () => photos.delete(keysUnder(id)),
        () => t.objectStore('unfinishedRuns').delete(id),
        ...runIds
          .flatMap((runId) => [runId, ...historyKeys(runId)])
          .map((key) => () => runs.delete(key)),
      ]);
      return count;
    },
  );
}
