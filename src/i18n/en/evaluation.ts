/** English text of how good the model is. Keys start with `evaluation.`. Loaded with its room. */
export const evaluationMessages = {
  'evaluation.title': 'Evaluation',
  'evaluation.tabs': 'Parts of the evaluation',
  'evaluation.tab-overview': 'Overview',
  'evaluation.tab-map': 'Map',
  'evaluation.no-run-title': 'Train first',
  'evaluation.no-run-text':
    'After the first run this place says how good the model is, and how sure that is.',
  'evaluation.no-validation': 'There are no validation photos to judge this model by.',
  'evaluation.headline':
    'Between {low} and {high} right: {hits, number} of {count, number} photos that it did not learn from.',
} as const;
