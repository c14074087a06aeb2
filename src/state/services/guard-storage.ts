/**
 * The last line of defence against two writers: whatever calls storage, nothing of the open project
 * is written by a tab that does not hold its lock. Everything else passes through.
 */
import type { Storage } from '../../storage/storage.ts';
import type { ProjectWriter } from './project-writer.ts';

export function guardStorage(storage: Storage, guarded: ProjectWriter['write']): Storage {
  return {
    ...storage,
    putProject: (project) => guarded(project.id, () => storage.putProject(project)),
    deleteProject: (id) => guarded(id, () => storage.deleteProject(id)),
    addPhotos: (id, photos, changed) => guarded(id, () => storage.addPhotos(id, photos, changed)),
    updatePhotos: (id, photos) => guarded(id, () => storage.updatePhotos(id, photos)),
    deletePhotos: (id, ids) => guarded(id, () => storage.deletePhotos(id, ids)),
    restorePhotos: (id, photos) => guarded(id, () => storage.restorePhotos(id, photos)),
    applyEdit: (project, change) => guarded(project.id, () => storage.applyEdit(project, change)),
    putRun: (run) => guarded(run.projectId, () => storage.putRun(run)),
    changeRun: (id, change) => guarded(null, () => storage.changeRun(id, change)),
    deleteRun: (id) => guarded(null, () => storage.deleteRun(id)),
    dropHeadHistory: (id) => guarded(null, () => storage.dropHeadHistory(id)),
    putUnfinishedRun: (run) => guarded(run.projectId, () => storage.putUnfinishedRun(run)),
    deleteUnfinishedRun: (id) => guarded(id, () => storage.deleteUnfinishedRun(id)),
  };
}
