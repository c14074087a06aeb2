/** The open project's name. Its classes, split and settings live in the dataset and training slices. */
import type { SliceTools } from '../slice-tools.ts';
import type { ProjectSlice } from '../store-types.ts';

const MAX_NAME_LENGTH = 80;

export function createProjectSlice({ set, editor }: SliceTools): ProjectSlice {
  return {
    boot: { status: 'opening', error: null },
    projectId: '',
    projectName: '',
    renameProject(name) {
      const trimmed = name.trim().slice(0, MAX_NAME_LENGTH);
      if (trimmed === '') return;
      set({ projectName: trimmed });
      editor.saveProject();
    },
  };
}
