/** English text of the photos and their classes. Keys start with `dataset.`. */
export const datasetMessages = {} as const;
