/** How much the browser keeps for this site, and a warning while there is still room to act on it. */
import type { StorageUsage } from '../../storage/storage.ts';
import type { StoreAccess } from '../slice-tools.ts';
import type { App } from '../app-store.ts';
import type { AppServices } from './app-services.ts';

/** From here on a few hundred photos, or one run with its heads, may be too much. */
const LEAST_FREE_BYTES = 50 * 2 ** 20;
const LEAST_FREE_SHARE = 0.1;
/** Asking costs the browser a walk over its files. */
const ASK_EVERY_MS = 3_000;

export function isNearlyFull({ usedBytes, quotaBytes }: StorageUsage): boolean {
  if (quotaBytes <= 0) return false; // the browser does not say
  const free = quotaBytes - usedBytes;
  return free < LEAST_FREE_BYTES || free < LEAST_FREE_SHARE * quotaBytes;
}

type Access = StoreAccess & { readonly services: Pick<AppServices, 'storage'> };

/** Reads the figures; warns when they have become critical. The last ones stay if there is no answer. */
export async function watchStorage({ get, set, services }: Access): Promise<void> {
  const usage = await services.storage.usage().catch(() => null);
  if (usage === null) return;
  const before = get().storage;
  set({ storage: usage });
  const isNew = before === null || !isNearlyFull(before);
  if (isNearlyFull(usage) && isNew) {
    get().notify({ tone: 'warning', messageKey: 'storage.nearly-full', params: {} });
  }
}

/** To be called as often as something is stored; looks at most every few seconds. */
export function createStorageWatch(access: Access): () => void {
  let lastAt = -Infinity;
  return () => {
    const now = performance.now();
    if (now - lastAt < ASK_EVERY_MS) return;
    lastAt = now;
    void watchStorage(access);
  };
}

/** For the storage chip and panel. */
export async function refreshStorageUsage({
  store,
  services,
}: Pick<App, 'store' | 'services'>): Promise<void> {
  const set = (partial: Partial<ReturnType<typeof store.getState>>): void => {
    store.setState(partial);
  };
  await watchStorage({ get: () => store.getState(), set, services });
}
