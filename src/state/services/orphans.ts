/** Removes what a page has left that died while it wrote a project file into storage. */
import type { Storage } from '../../storage/storage.ts';
import { projectLockName, type Tabs } from './tabs.ts';

export async function removeOrphans(storage: Storage, tabs: Tabs): Promise<void> {
  // Without locks a project that another tab is opening at this moment would look just the same.
  if (!tabs.isGuarded) return;
  const suspects = new Set<string>();
  await storage.removeOrphans((id) => {
    suspects.add(id);
    return true;
  });
  const busy = new Set<string>();
  for (const id of suspects) if (await tabs.isHeld(projectLockName(id))) busy.add(id);
  await storage.removeOrphans((id) => busy.has(id) || !suspects.has(id));
}
