import type { SliceTools } from '../slice-tools.ts';
import type { WhySlice } from '../why-state.ts';

export function createWhySlice({ get, set, closeLook }: SliceTools): WhySlice {
  return {
    why: { isOn: false, classId: null, strength: 0.65, layer: 'evidence', revision: 0 },
    setWhy(change) {
      set({ why: { ...get().why, ...change } });
      if (change.isOn === true) void closeLook.again();
    },
  };
}
