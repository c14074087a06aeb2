/** English text of the list of projects. Keys start with `projects.`. Loaded with its room. */
export const projectsMessages = {
  'projects.title': 'Projects',
} as const;
