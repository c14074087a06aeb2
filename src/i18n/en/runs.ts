/** English text of the runs kept. Keys start with `runs.`. Loaded with its room. */
export const runsMessages = {
  'runs.title': 'Runs',
} as const;
