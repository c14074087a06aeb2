/** Why working without a network is or is not possible here. */
import type { ShellSlice } from '../../state/store-types.ts';

export type OfflineReason = 'ready' | 'preparing' | 'insecure' | 'no-support' | 'failed';

/** What the browser offers on this address. */
export interface OfflineMeans {
  readonly isSecure: boolean;
  readonly hasServiceWorker: boolean;
}

export function offlineReason(offline: ShellSlice['offline'], means: OfflineMeans): OfflineReason {
  if (offline !== 'unsupported') return offline;
  // Browsers hide service workers on insecure addresses, so the address is the cause to name.
  if (!means.isSecure) return 'insecure';
  return means.hasServiceWorker ? 'failed' : 'no-support';
}
