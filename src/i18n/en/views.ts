/** English text of the views that the middle of the screen can show. Keys start with `views.`. */
export const viewsMessages = {
  'views.label': 'Views',
  'views.train': 'Train',
  'views.runs': 'Runs',
  'views.evaluation': 'Evaluate',
  'views.model': 'Export',
} as const;
