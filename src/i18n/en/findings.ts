/** English text of what was found in the data. Keys start with `findings.`. Loaded with its room. */
export const findingsMessages = {
  'findings.title': 'Findings',
} as const;
