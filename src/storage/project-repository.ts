/** Projects and settings. */
import type { GarbageCollector } from './garbage.ts';
import { historyKeys } from './history-record.ts';
import type { Database } from './open-database.ts';
import { keysUnder } from './photo-repository.ts';
import { isProject } from './record-checks.ts';
import { requestAll } from './request-all.ts';
import type { Session } from './session.ts';
import type { Storage } from './storage.ts';

type ProjectRepository = Pick<
  Storage,
  'listProjects' | 'getProject' | 'putProject' | 'deleteProject' | 'getSetting' | 'putSetting'
>;

/** What is remembered about a project has its id in the key, as a word of its own ("try <id>"). */
function isSettingOf(key: string, projectId: string): boolean {
  return key.split(/[\s:/]+/).includes(projectId);
}

export function createProjectRepository(
  database: Database,
  session: Session,
  garbage: GarbageCollector,
): ProjectRepository {
  function sound<Value>(records: readonly unknown[], isValue: (v: unknown) => v is Value): Value[] {
    const good = records.filter(isValue);
    for (let n = good.length; n < records.length; n++) session.countDamaged();
    return good;
  }

  return {
    async listProjects() {
      return sound(await database.read(['projects'], (t) => t.store.getAll()), isProject);
    },
    async getProject(id) {
      const project = await database.read(['projects'], (t) => t.store.get(id));
      return sound(project === undefined ? [] : [project], isProject)[0] ?? null;
    },
    async putProject(project) {
      await database.write(['projects'], 'kept', (t) => t.store.put(project, project.id));
    },
    async deleteProject(id) {
      const names = ['projects', 'runs', 'photos', 'unfinishedRuns', 'settings'] as const;
      const own = await database.write([...names], 'kept', async (t) => {
        const [photos, runs] = [t.objectStore('photos'), t.objectStore('runs')];
        const hashes = (await photos.getAll(keysUnder(id))).map((photo) => photo.imageHash);
        const runIds = await runs.index('projectId').getAllKeys(id);
        const settings = t.objectStore('settings');
        const ownSettings = (await settings.getAllKeys()).filter((key) => isSettingOf(key, id));
        await requestAll([
          () => t.objectStore('projects').delete(id),
          () => photos.delete(keysUnder(id)),
          ...runIds
            .flatMap((runId) => [runId, ...historyKeys(runId)])
            .map((key) => () => runs.delete(key)),
          () => t.objectStore('unfinishedRuns').delete(id),
          ...ownSettings.map((key) => () => settings.delete(key)),
        ]);
        return new Set(hashes);
      });
      // Seconds for thousands of pictures; whatever is left when the page closes goes at the next start.
      garbage.collect((hash) => own.has(hash)).catch(() => undefined);
    },
    getSetting: (key) => database.read(['settings'], (t) => t.store.get(key)),
    async putSetting(key, value) {
      await database.write(['settings'], 'cheap', (t) => t.store.put(value, key));
    },
  };
}
