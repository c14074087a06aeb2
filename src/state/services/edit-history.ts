/** Undo and redo as deep as the session: each entry is what takes a step back. */
import type { DatasetEdit } from '../../domain/dataset-edit.ts';

export interface HistoryEntry {
  /** Message key of what undoing takes back. */
  readonly label: string;
  /** To be applied in this order. */
  readonly edits: readonly DatasetEdit[];
  /** Steps with the same key, made one after the other, are one entry. */
  readonly mergeKey: string | null;
}

export interface EditHistory {
  /** A new step; forgets what could be redone. */
  record(entry: HistoryEntry): void;
  takeUndo(): HistoryEntry | null;
  /** The newest step, if it is the one with this key. */
  takeNewest(mergeKey: string): HistoryEntry | null;
  takeRedo(): HistoryEntry | null;
  /** The way back of an undo or a redo just made. */
  pushUndo(entry: HistoryEntry): void;
  pushRedo(entry: HistoryEntry): void;
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
  clear(): void;
}

export function createEditHistory(): EditHistory {
  const undo: HistoryEntry[] = [];
  const redo: HistoryEntry[] = [];
  return {
    record(entry) {
      redo.length = 0;
      const last = undo.at(-1);
      if (last !== undefined && entry.mergeKey !== null && last.mergeKey === entry.mergeKey) {
        // The newest step is taken back first.
        undo[undo.length - 1] = { ...last, edits: [...entry.edits, ...last.edits] };
      } else {
        undo.push(entry);
      }
    },
    takeUndo: () => undo.pop() ?? null,
    takeNewest: (mergeKey) => (undo.at(-1)?.mergeKey === mergeKey ? (undo.pop() ?? null) : null),
    takeRedo: () => redo.pop() ?? null,
    pushUndo(entry) {
      undo.push(entry);
    },
    pushRedo(entry) {
      redo.push(entry);
    },
    get undoLabel() {
      return undo.at(-1)?.label ?? null;
    },
    get redoLabel() {
      return redo.at(-1)?.label ?? null;
    },
    clear() {
      undo.length = 0;
      redo.length = 0;
    },
  };
}
