/**
 * Projects that were deleted and can be brought back. A deleted project is only marked; all of it
 * stays where it is until the person lets go of the undo, or the tab's session has ended.
 */
import type { ProjectId } from '../../domain/project.ts';
import type { Storage } from '../../storage/storage.ts';
import type { App } from '../app-store.ts';
import type { AppServices } from './app-services.ts';
import type { Tabs } from './tabs.ts';

export interface DeletedProject {
  readonly id: ProjectId;
  readonly name: string;
  /** Of the tab that deleted it. */
  readonly sessionId: string;
}

type Services = Pick<AppServices, 'storage' | 'tabs' | 'sessionId'>;

const SETTING = 'deleted-projects';
const LIST_LOCK = 'headstart deleted projects';
const sessionLockName = (sessionId: string): string => `headstart session ${sessionId}`;

export async function readDeleted(
  storage: Pick<Storage, 'getSetting'>,
): Promise<readonly DeletedProject[]> {
  const value = await storage.getSetting(SETTING);
  return Array.isArray(value) ? (value as readonly unknown[]).filter(isDeleted) : [];
}

function isDeleted(value: unknown): value is DeletedProject {
  if (typeof value !== 'object' || value === null) return false;
  const { id, name, sessionId } = value as Partial<DeletedProject>;
  return typeof id === 'string' && typeof name === 'string' && typeof sessionId === 'string';
}

/** One at a time over all tabs: a mark taken away must never come back with another tab's write. */
export async function withLock<Value>(
  tabs: Tabs,
  name: string,
  work: () => Promise<Value>,
): Promise<Value> {
  const release = await tabs.request(name).granted;
  try {
    return await work();
  } finally {
    release();
  }
}

function change(
  { storage, tabs }: Services,
  edit: (list: readonly DeletedProject[]) => readonly DeletedProject[],
): Promise<void> {
  return withLock(tabs, LIST_LOCK, async () =>
    storage.putSetting(SETTING, edit(await readDeleted(storage))),
  );
}

export function markDeleted(
  services: Services,
  project: { readonly id: ProjectId; readonly name: string },
): Promise<void> {
  const { id, name } = project;
  const mark = { id, name, sessionId: services.sessionId };
  return change(services, (list) => [...list.filter((other) => other.id !== id), mark]);
}

export function bringBack(services: Services, id: ProjectId): Promise<void> {
  return change(services, (list) => list.filter((other) => other.id !== id));
}

/** For good. Only what is still marked, so that an undo in another tab counts. */
export function purgeDeleted(
  services: Services,
  isWanted: (project: DeletedProject) => boolean | Promise<boolean>,
): Promise<void> {
  const { storage, tabs } = services;
  return withLock(tabs, LIST_LOCK, async () => {
    const kept: DeletedProject[] = [];
    for (const project of await readDeleted(storage)) {
      if (await isWanted(project)) await storage.deleteProject(project.id);
      else kept.push(project);
    }
    await storage.putSetting(SETTING, kept);
  });
}

/** Held as long as the tab lives, so that other tabs know that its undo can still come. */
export function holdSession({ tabs, sessionId }: Services): void {
  void tabs.request(sessionLockName(sessionId)).granted;
}

/** What tabs have deleted that are gone. */
export function purgeEndedSessions(services: Services): Promise<void> {
  const { tabs, sessionId } = services;
  return purgeDeleted(services, async (project) => {
    if (project.sessionId === sessionId) return false;
    return !(await tabs.isHeld(sessionLockName(project.sessionId)));
  });
}

/** Puts what this tab's session has deleted into the store, where the frame offers to bring it back. */
export async function showOwnDeleted({
  services,
  store,
}: Pick<App, 'services' | 'store'>): Promise<void> {
  const all = await readDeleted(services.storage).catch(() => []);
  const own = all.filter((mark) => mark.sessionId === services.sessionId);
  store.setState({ deletedProjects: own.map(({ id, name }) => ({ id, name })) });
}
