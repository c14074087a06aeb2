/** English text of taking the model along. Keys start with `export.`. Loaded with its room. */
export const modelExportMessages = {
  'export.title': 'Export the model',
} as const;
