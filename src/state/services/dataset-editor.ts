/**
 * The only writer of the dataset: applies edits to the store, remembers how to take them back, and
 * writes them to storage in order. New photos are written first and shown after, so that whatever
 * is on screen survives a crash.
 */
import {
  nextClassName,
  nextColorIndex,
  normaliseClassName,
  PALETTE_SIZE,
  uniqueClassName,
} from '../../domain/class-names.ts';
import {
  applyEdit,
  editLabel,
  nextArrival,
  type DatasetEdit,
  type DatasetState,
} from '../../domain/dataset-edit.ts';
import { groupNewPhotos } from '../../domain/near-duplicates.ts';
import type { ClassId, Photo, PhotoId, Side } from '../../domain/photo.ts';
import type { Project, SplitSettings } from '../../domain/project.ts';
import { assignSides } from '../../domain/split.ts';
import { changeShares, pinSide, resplit } from '../../domain/split-changes.ts';
import { StorageError, type NewPhoto } from '../../storage/storage.ts';
import type { StoreAccess } from '../slice-tools.ts';
import type { AppServices } from './app-services.ts';
import { createEditHistory } from './edit-history.ts';
import { createGradualIndex } from './gradual-index.ts';
import { toPhoto, type IncomingPhoto } from './incoming-photo.ts';
import { refuseReader } from './read-only.ts';
import { createWriteQueue } from './write-queue.ts';

export interface DatasetEditor {
  open(project: Project, photos: readonly Photo[]): void;
  /** Applies, remembers for undo, writes. Edits with the same merge key are undone together. */
  apply(edit: DatasetEdit, mergeKey?: string | null): void;
  addClass(name: string | null, mergeKey?: string): ClassId;
  /**
   * Groups them, gives each a side, writes them, then shows them. Resolves to their ids; rejects with
   * StorageError.
   */
  addPhotos(photos: readonly IncomingPhoto[], mergeKey: string): Promise<readonly PhotoId[]>;
  /**
   * Takes back what was added under this key as if it had never been there. When something else was
   * done since, the photos are removed as a step of its own instead, which can be undone.
   */
  takeBack(mergeKey: string, ids: readonly PhotoId[]): void;
  hasCopy(classId: ClassId, contentHash: string): boolean;
  pin(ids: readonly PhotoId[], side: Side | null): void;
  setSplit(split: SplitSettings): void;
  undo(): void;
  redo(): void;
  /** Name, settings, backbone: at once, then at most four times a second. */
  saveProject(): void;
  /** Everything pending is on disk when this resolves. */
  flush(): Promise<void>;
}

const SAVE_INTERVAL_MS = 250;

export function createDatasetEditor({
  get,
  set,
  services,
}: StoreAccess & { services: AppServices }): DatasetEditor {
  const { storage } = services;
  const history = createEditHistory();
  const queue = createWriteQueue();
  let similar = createGradualIndex();
  let createdAt = 0;
  let lastArrival = 0;
  /** Until a backbone is loaded, the project's own choice must not be overwritten. */
  let backboneId = '';
  let saveTimer: ReturnType<typeof setTimeout> | null = null;
  /** Something has changed since the last save, and the timer will save it. */
  let isSaveDue = false;

  function datasetState(): DatasetState {
    const { classes, photos, split, fit } = get();
    return { classes, photos, split, fit };
  }

  function projectRecord(): Project {
    const { projectId, projectName, classes, split, fit, backboneStatus, hyperparameters } = get();
    return {
      id: projectId,
      name: projectName,
      createdAt,
      usedAt: services.now(),
      classes,
      split,
      fit,
      backboneId: backboneStatus.kind === 'none' ? backboneId : backboneStatus.backboneId,
      hyperparameters,
    };
  }
  function onWriteFailure(error: unknown): void {
    const full = error instanceof StorageError && error.code === 'quota-exceeded';
    const messageKey = full ? 'storage.full' : 'storage.edit-not-saved';
    get().notify({ tone: 'error', messageKey, params: {} });
  }

  function show(state: DatasetState): void {
    set({ ...state, undoLabel: history.undoLabel, redoLabel: history.redoLabel });
  }

  function syncIndex(photos: readonly Photo[], removed: readonly PhotoId[]): void {
    const index = similar.all();
    for (const id of removed) index.remove(id);
    for (const photo of photos) if (!index.has(photo.id)) index.add(photo);
  }

  /** Applies without touching the history; returns what takes it back. */
  function perform(edit: DatasetEdit): DatasetEdit | null {
    const before = datasetState();
    const { state, inverse, changed } = applyEdit(before, edit);
    if (state === before) return null;
    syncIndex(changed.put, changed.removed);
    show(state);
    const project = projectRecord();
    const change = { put: changed.put, remove: changed.removed };
    queue.push(() => storage.applyEdit(project, change)).catch(onWriteFailure);
    return inverse;
  }

  function apply(edit: DatasetEdit, mergeKey: string | null = null): void {
    if (refuseReader(get)) return;
    const inverse = perform(edit);
    if (inverse === null) return;
    history.record({ label: editLabel(edit), edits: [inverse], mergeKey });
    show(datasetState());
  }

  function step(take: 'takeUndo' | 'takeRedo', push: 'pushUndo' | 'pushRedo'): void {
    if (refuseReader(get)) return;
    const entry = history[take]();
    if (entry === null) return;
    const back = entry.edits.map(perform).filter((edit) => edit !== null);
    // What was done last is taken back first.
    history[push]({ label: entry.label, edits: back.reverse(), mergeKey: null });
    show(datasetState());
  }

  function makePhoto(incoming: IncomingPhoto): Photo {
    lastArrival = nextArrival(lastArrival, services.now());
    return toPhoto(incoming, services.newId(), lastArrival);
  }

  async function addPhotos(
    incoming: readonly IncomingPhoto[],
    mergeKey: string,
  ): Promise<readonly PhotoId[]> {
    if (get().tab.role === 'reader') {
      throw new StorageError('read-only', 'another tab writes this project');
    }
    const fresh = incoming.map(makePhoto);
    const { photos, split, projectId } = get();
    const { added, regrouped } = groupNewPhotos(similar.all(), photos, fresh);
    const placement = assignSides(photos.values(), added, split, regrouped);
    const records = placement.added.map((photo, i): NewPhoto => {
      const { image, thumbnail } = incoming[i] ?? {};
      if (image === undefined || thumbnail === undefined) throw new Error('photo without picture');
      return { photo, image, thumbnail };
    });
    try {
      await queue.push(() => storage.addPhotos(projectId, records, placement.changed));
    } catch (error) {
      for (const { id } of fresh) similar.all().remove(id);
      throw error;
    }
    showAdded(placement.added, placement.changed, mergeKey);
    return fresh.map((photo) => photo.id);
  }

  function takeBack(mergeKey: string, ids: readonly PhotoId[]): void {
    const entry = history.takeNewest(mergeKey);
    for (const edit of entry?.edits ?? []) perform(edit);
    const left = ids.filter((id) => get().photos.has(id));
    if (left.length > 0) apply({ kind: 'remove-photos', photoIds: left });
    show(datasetState());
  }

  /** The class may have been removed while its photos were being written. */
  function showAdded(added: readonly Photo[], changed: readonly Photo[], mergeKey: string): void {
    const before = datasetState();
    const known = new Set(before.classes.map((info) => info.id));
    const orphans = added.filter((photo) => !known.has(photo.classId));
    const edit: DatasetEdit = {
      kind: 'add-photos',
      photos: added.filter((photo) => known.has(photo.classId)),
      changed,
    };
    const { state, inverse } = applyEdit(before, edit);
    if (orphans.length > 0) {
      const ids = orphans.map((photo) => photo.id);
      syncIndex([], ids);
      queue.push(() => storage.deletePhotos(get().projectId, ids)).catch(onWriteFailure);
    }
    if (state === before) return;
    history.record({ label: editLabel(edit), edits: [inverse], mergeKey });
    show(state);
  }

  function saveNow(): void {
    if (saveTimer !== null) clearTimeout(saveTimer);
    saveTimer = null;
    isSaveDue = false;
    const project = projectRecord();
    queue.push(() => storage.putProject(project)).catch(onWriteFailure);
  }

  return {
    open(project, photos) {
      createdAt = project.createdAt;
      backboneId = project.backboneId;
      lastArrival = photos.at(-1)?.addedAt ?? 0;
      similar = createGradualIndex(photos);
      history.clear();
      const { classes, split, fit, hyperparameters } = project;
      set({ projectId: project.id, projectName: project.name, hyperparameters });
      show({ classes, photos: new Map(photos.map((photo) => [photo.id, photo])), split, fit });
    },
    apply,
    addClass(wantedName, mergeKey) {
      const { classes } = get();
      const wanted = normaliseClassName(wantedName ?? '');
      const name =
        wanted === ''
          ? nextClassName(classes, services.names.class)
          : uniqueClassName(classes, wanted);
      const id = services.newId();
      const info = { id, name, colorIndex: nextColorIndex(classes, PALETTE_SIZE) };
      apply({ kind: 'add-class', info }, mergeKey);
      return id;
    },
    addPhotos,
    takeBack,
    hasCopy(classId, contentHash) {
      const { photos } = get();
      for (const id of similar.all().withContent(contentHash)) {
        if (photos.get(id)?.classId === classId) return true;
      }
      return false;
    },
    pin(ids, side) {
      const { photos, split } = get();
      apply({ kind: 'set-sides', photos: pinSide(photos.values(), ids, side, split) });
    },
    setSplit(split) {
      const { photos, split: before } = get();
      const moved =
        split.seed === before.seed
          ? changeShares(photos.values(), before, split)
          : resplit(photos.values(), split);
      // A dragged slider is one step, not fifty.
      apply({ kind: 'set-split', split, photos: moved }, 'set-split');
    },
    undo() {
      step('takeUndo', 'pushRedo');
    },
    redo() {
      step('takeRedo', 'pushUndo');
    },
    saveProject() {
      if (get().boot.status !== 'ready' || get().tab.role === 'reader') return;
      if (saveTimer !== null) {
        isSaveDue = true;
        return;
      }
      saveNow();
      // A dragged slider is written as it starts and as it rests, and now and then between.
      saveTimer = setTimeout(() => {
        saveTimer = null;
        if (isSaveDue) saveNow();
      }, SAVE_INTERVAL_MS);
    },
    async flush() {
      if (isSaveDue) saveNow();
      await queue.settled();
    },
  };
}
