/** English text of names of what undo and redo would do. Keys start with `edits.`. */
export const editsMessages = {} as const;
