/** English text of the backend panel. Keys start with `backends.`. */
export const backendsMessages = {} as const;
