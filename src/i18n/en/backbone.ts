/** English text of the model panel. Keys start with `backbone.`. */
export const backboneMessages = {} as const;
