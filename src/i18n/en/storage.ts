/** English text of the storage panel. Keys start with `storage.`. */
export const storageMessages = {} as const;
