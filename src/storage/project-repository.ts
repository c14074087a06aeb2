/** Projects, runs and settings. */
import type { Project } from '../domain/project.ts';
import type { Run } from '../domain/run.ts';
import { guarded, type Database } from './open-database.ts';
import type { Storage } from './storage.ts';

type ProjectRepository = Pick<
  Storage,
  | 'listProjects'
  | 'getProject'
  | 'putProject'
  | 'deleteProject'
  | 'listRuns'
  | 'putRun'
  | 'deleteRun'
  | 'getSetting'
  | 'putSetting'
>;

export function createProjectRepository(database: Database): ProjectRepository {
  return {
    listProjects: () => guarded(() => database.getAll('projects')),
    getProject: (id) => guarded(async () => (await database.get('projects', id)) ?? null),
    putProject: (project: Project) =>
      guarded(async () => {
        await database.put('projects', project);
      }),
    deleteProject: (id) =>
      guarded(async () => {
        const transaction = database.transaction(['projects', 'photos', 'runs'], 'readwrite');
        await transaction.objectStore('projects').delete(id);
        const photos = IDBKeyRange.bound([id], [id, []]);
        await transaction.objectStore('photos').delete(photos);
        const runs = transaction.objectStore('runs');
        for (const key of await runs.index('by-project').getAllKeys(id)) await runs.delete(key);
        await transaction.done;
      }),
    listRuns: (projectId) => guarded(() => database.getAllFromIndex('runs', 'by-project', projectId)),
    putRun: (run: Run) =>
      guarded(async () => {
        await database.put('runs', run);
      }),
    deleteRun: (id) => guarded(() => database.delete('runs', id)),
    getSetting: (key) => guarded(async () => (await database.get('settings', key))?.value),
    putSetting: (key, value) =>
      guarded(async () => {
        await database.put('settings', { key, value });
      }),
  };
}
