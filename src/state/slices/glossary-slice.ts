/** Opens the glossary at a term. */
import type { GlossarySlice } from '../glossary-state.ts';
import type { SliceTools } from '../slice-tools.ts';

export function createGlossarySlice({ set }: SliceTools): GlossarySlice {
  return {
    glossaryTerm: null,
    openGlossary(glossaryTerm) {
      set({ glossaryTerm, openPanel: 'glossary' });
    },
  };
}
