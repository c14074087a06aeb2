/** English text of reasons why a file was not taken. Keys start with `refusals.`. */
export const refusalsMessages = {} as const;
