/** Whether this tab may write the open project (services/project-writer.ts), and deleted projects. */
import type { SliceTools } from '../slice-tools.ts';
import type { ProjectsSlice } from '../projects-state.ts';
import type { TabSlice } from '../tab-state.ts';

export function createTabSlice({ writer }: SliceTools): TabSlice & ProjectsSlice {
  return {
    tab: { role: 'writer', status: 'other-tab', isGuarded: true },
    deletedProjects: [],
    takeOver: () => {
      writer.takeOver();
    },
  };
}
