/** English text of names of what undo and redo would do. Keys start with `edits.`. */
export const editsMessages = {
  'edits.add-class': 'Add class',
  'edits.rename-class': 'Rename class',
  'edits.recolour-class': 'Change colour',
  'edits.remove-class': 'Remove class',
  'edits.merge-classes': 'Merge classes',
  'edits.move-photos': 'Move photos',
  'edits.remove-photos': 'Delete photos',
  'edits.add-photos': 'Add photos',
  'edits.set-sides': 'Choose the side of photos',
  'edits.set-split': 'Change the split',
  'edits.set-fit': 'Change how photos fit',
  'edits.unknown': 'Last change',
} as const;
