/** The set-up of a link. What is done with it is loaded when a link comes (services/setup-link.ts). */
import type { SetupSlice } from '../setup-state.ts';

export function createSetupSlice(): SetupSlice {
  return { setup: { status: 'none' } };
}
