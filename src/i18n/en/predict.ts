/** English text of trying the model out. Keys start with `predict.`. */
export const predictMessages = {} as const;
