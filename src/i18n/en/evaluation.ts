/** English text of how good the model is. Keys start with `evaluation.`. Loaded with its room. */
export const evaluationMessages = {
  'evaluation.title': 'Evaluation',
} as const;
