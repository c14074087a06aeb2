/**
 * The projects of this device as a shelf: list, make, rename, duplicate, delete and bring back.
 * Another project is opened by a new start of the page, so that nothing of the one before lives on.
 */
import type { Project, ProjectId } from '../../domain/project.ts';
import type { ProjectSummary } from '../../storage/storage.ts';
import type { App } from '../app-store.ts';
import type { AppState } from '../store-types.ts';
import {
  bringBack,
  markDeleted,
  purgeDeleted,
  readDeleted,
  showOwnDeleted,
} from './deleted-projects.ts';
import { newProject } from './new-project.ts';
import { projectLockName } from './tabs.ts';

export interface ShelfEntry extends ProjectSummary {
  readonly id: ProjectId;
  readonly name: string;
  readonly usedAt: number;
  readonly classCount: number;
  readonly isOpen: boolean;
  /** Open in another tab, which alone may change it. */
  readonly isElsewhere: boolean;
}

export const COVER_PHOTOS = 4;

/** The open one first, then by last use. */
export async function listShelf(app: App): Promise<readonly ShelfEntry[]> {
  const { services, store, tools } = app;
  const { storage, tabs } = services;
  await tools.editor.flush();
  const deleted = new Set((await readDeleted(storage)).map(({ id }) => id));
  const openId = store.getState().projectId;
  const projects = (await storage.listProjects()).filter(({ id }) => !deleted.has(id));
  const entries = await Promise.all(
    projects.map(async ({ id, name, usedAt, classes }): Promise<ShelfEntry> => {
      const isOpen = id === openId;
      return {
        ...{ id, name, usedAt, isOpen },
        classCount: classes.length,
        isElsewhere: !isOpen && (await tabs.isHeld(projectLockName(id))),
        ...(await storage.summariseProject(id, COVER_PHOTOS)),
      };
    }),
  );
  return entries.sort((a, b) => Number(b.isOpen) - Number(a.isOpen) || b.usedAt - a.usedAt);
}

/** Work that would be cut off by opening another project. */
export function isShelfBusy({ intake, exporting, importing, training }: AppState): boolean {
  return (
    intake !== null ||
    exporting !== null ||
    importing.status === 'opening' ||
    ['preparing', 'running', 'paused'].includes(training.status)
  );
}

export async function openProject({ services, tools }: App, id: ProjectId): Promise<void> {
  await tools.editor.flush();
  await services.storage.putSetting('last-project', id);
  services.reload();
}

export async function createProject(app: App, name: string): Promise<void> {
  const project = newProject(app.services, name);
  await app.services.storage.putProject(project);
  await openProject(app, project.id);
}

/** False when another tab has it open, or it is gone. */
export async function renameProject(app: App, id: ProjectId, name: string): Promise<boolean> {
  const { services, store, tools } = app;
  if (store.getState().projectId === id) {
    store.getState().renameProject(name);
    await tools.editor.flush();
    return true;
  }
  const project = await closedProject(app, id);
  if (project === null) return false;
  await services.storage.putProject({ ...project, name });
  return true;
}

/** A copy with its own runs; the pictures are shared, so it takes little room. */
export async function duplicateProject(app: App, id: ProjectId, name: string): Promise<void> {
  const { services, tools } = app;
  await tools.editor.flush();
  const project = await services.storage.getProject(id);
  if (project === null) return;
  const now = services.now();
  const copy = { ...project, id: services.newId(), name, createdAt: now, usedAt: now };
  await services.storage.copyProject(id, copy, services.newId);
}

/** False when another tab has it open. The open one makes room for the one used before it. */
export async function deleteProject(
  app: App,
  entry: Pick<ShelfEntry, 'id' | 'name'>,
): Promise<boolean> {
  const { services, store, tools } = app;
  const isOpen = store.getState().projectId === entry.id;
  if (isOpen ? store.getState().tab.role === 'reader' : await isElsewhere(app, entry.id)) {
    return false;
  }
  await tools.editor.flush();
  await markDeleted(services, entry);
  await showOwnDeleted(app);
  if (isOpen) services.reload(); // the start chooses among those that are left, or makes a new one
  return true;
}

export async function undoDelete(app: App, id: ProjectId): Promise<void> {
  await bringBack(app.services, id);
  await showOwnDeleted(app);
}

/** For good, and what only it needed with it. */
export async function letGo(app: App, id: ProjectId): Promise<void> {
  const { sessionId } = app.services;
  await purgeDeleted(app.services, (mark) => mark.id === id && mark.sessionId === sessionId);
  await showOwnDeleted(app);
}

function isElsewhere({ services }: App, id: ProjectId): Promise<boolean> {
  return services.tabs.isHeld(projectLockName(id));
}

async function closedProject(app: App, id: ProjectId): Promise<Project | null> {
  if (await isElsewhere(app, id)) return null;
  return app.services.storage.getProject(id);
}
