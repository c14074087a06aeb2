/** Classes, photos and their sides. Every change is an edit: undoable, and written in order. */
import { normaliseClassName } from '../../domain/class-names.ts';
import type { SliceTools } from '../slice-tools.ts';
import type { DatasetSlice } from '../store-types.ts';

export function createDatasetSlice({ get, editor, embedder }: SliceTools): DatasetSlice {
  return {
    classes: [],
    photos: new Map(),
    split: { seed: 0, validationShare: 0.2, testShare: 0 },
    fit: 'crop',
    undoLabel: null,
    redoLabel: null,

    addClass: (name) => editor.addClass(name ?? null),
    renameClass(id, name) {
      const wanted = normaliseClassName(name);
      if (wanted === '') return 'empty';
      const { classes } = get();
      if (classes.some((info) => info.id !== id && info.name === wanted)) return 'taken';
      const before = classes.find((info) => info.id === id);
      if (before !== undefined && before.name !== wanted) {
        editor.apply({ kind: 'rename-class', classId: id, name: wanted });
      }
      return 'ok';
    },
    recolourClass(id, colorIndex) {
      editor.apply({ kind: 'recolour-class', classId: id, colorIndex });
    },
    removeClass(id) {
      editor.apply({ kind: 'remove-class', classId: id });
    },
    mergeClasses(from, into) {
      editor.apply({ kind: 'merge-classes', from: [from], into });
    },
    movePhotos(ids, to) {
      editor.apply({ kind: 'move-photos', photoIds: ids, classId: to });
    },
    removePhotos(ids) {
      editor.apply({ kind: 'remove-photos', photoIds: ids });
    },
    pinPhotos(ids, side) {
      editor.pin(ids, side);
    },
    setValidationShare(share) {
      editor.setSplit({ ...get().split, validationShare: share });
    },
    setFit(fit) {
      if (fit === get().fit) return;
      editor.apply({ kind: 'set-fit', fit });
      void embedder.resume();
    },
    undo() {
      editor.undo();
      void embedder.ensure();
    },
    redo() {
      editor.redo();
      void embedder.ensure();
    },
  };
}
