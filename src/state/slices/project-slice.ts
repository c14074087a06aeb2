/** The open project's name. Its classes, split and settings live in the dataset and training slices. */
import { refuseReader } from '../services/read-only.ts';
import type { SliceTools } from '../slice-tools.ts';
import type { ProjectSlice } from '../store-types.ts';

const MAX_NAME_LENGTH = 80;

export function createProjectSlice({ get, set, editor }: SliceTools): ProjectSlice {
  return {
    boot: { status: 'opening', error: null },
    projectId: '',
    projectName: '',
    renameProject(name) {
      const trimmed = name.trim().slice(0, MAX_NAME_LENGTH);
      if (trimmed === '' || refuseReader(get)) return;
      set({ projectName: trimmed });
      editor.saveProject();
    },
  };
}
