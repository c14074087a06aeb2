/** Projects of this device besides the open one: an imported project must not hide the one before. */
import type { Project, ProjectId } from '../../domain/project.ts';
import type { App } from '../app-store.ts';
import { readDeleted } from './deleted-projects.ts';

/** Last used first; empty when they cannot be read. */
export async function otherProjects({ store, services }: App): Promise<readonly Project[]> {
  const projects = await services.storage.listProjects().catch(() => []);
  const deleted = new Set(
    (await readDeleted(services.storage).catch(() => [])).map(({ id }) => id),
  );
  const openId = store.getState().projectId;
  return projects
    .filter(({ id }) => id !== openId && !deleted.has(id))
    .sort((a, b) => b.usedAt - a.usedAt);
}

/** Everything pending is written first; the project opens with the next start of the page. */
export async function openOtherProject({ services, tools }: App, id: ProjectId): Promise<void> {
  await tools.editor.flush();
  await services.storage.putSetting('last-project', id);
}
