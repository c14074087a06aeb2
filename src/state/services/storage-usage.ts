/** Reads how much the browser keeps for this site, for the storage chip and panel. */
import type { App } from '../app-store.ts';

/** Leaves the last known figures when the browser does not answer. */
export async function refreshStorageUsage({
  store,
  services,
}: Pick<App, 'store' | 'services'>): Promise<void> {
  const usage = await services.storage.usage().catch(() => null);
  if (usage !== null) store.setState({ storage: usage });
}
