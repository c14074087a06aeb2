/**
 * Every change of the dataset as data: applied to a state it gives the next state, the edit that
 * takes it back exactly (order included), and what storage has to write. Nothing is mutated.
 */
import type { ClassId, ClassInfo, FitMode, Photo, PhotoId } from './photo.ts';
import type { SplitSettings } from './project.ts';

export interface DatasetState {
  readonly classes: readonly ClassInfo[];
  /** Insertion order is display order. */
  readonly photos: ReadonlyMap<PhotoId, Photo>;
  readonly split: SplitSettings;
  readonly fit: FitMode;
}

export type DatasetEdit =
  | { readonly kind: 'add-class'; readonly info: ClassInfo }
  | { readonly kind: 'rename-class'; readonly classId: ClassId; readonly name: string }
  | { readonly kind: 'recolour-class'; readonly classId: ClassId; readonly colorIndex: number }
  /** With its photos. */
  | { readonly kind: 'remove-class'; readonly classId: ClassId }
  /** Photos of `from` go to `into`; the classes in `from` are removed. */
  | { readonly kind: 'merge-classes'; readonly from: readonly ClassId[]; readonly into: ClassId }
  | {
      readonly kind: 'move-photos';
      readonly photoIds: readonly PhotoId[];
      readonly classId: ClassId;
    }
  | { readonly kind: 'remove-photos'; readonly photoIds: readonly PhotoId[] }
  /** `changed`: photos that were there whose group or side changed with it (see `assignSides`). */
  | {
      readonly kind: 'add-photos';
      readonly photos: readonly Photo[];
      readonly changed?: readonly Photo[];
    }
  /** Only side, pin, group and rank of these records count (see `split-changes.ts`). */
  | { readonly kind: 'set-sides'; readonly photos: readonly Photo[] }
  | {
      readonly kind: 'set-split';
      readonly split: SplitSettings;
      readonly photos: readonly Photo[];
    }
  | { readonly kind: 'set-fit'; readonly fit: FitMode }
  | RestoreEdit;

/** Takes another edit back; made by `applyEdit` only, and right only for the state it was made for. */
export interface RestoreEdit {
  readonly kind: 'restore';
  /** Of the edit it belongs to, however often undone and redone. */
  readonly label: EditLabel;
  readonly classes?: readonly ClassInfo[];
  readonly split?: SplitSettings;
  readonly fit?: FitMode;
  /** Records replaced in place. */
  readonly put: readonly Photo[];
  readonly remove: readonly PhotoId[];
  /** Ascending; `position` is where the photo stands once everything is back. */
  readonly insert: readonly { readonly position: number; readonly photo: Photo }[];
}

/** Message key of what undo takes back. */
export type EditLabel = `edits.${Exclude<DatasetEdit['kind'], 'restore'>}`;

export interface AppliedEdit {
  /** The very same object when the edit changed nothing. */
  readonly state: DatasetState;
  readonly inverse: RestoreEdit;
  /** What storage has to write, in one transaction. */
  readonly changed: {
    readonly put: readonly Photo[];
    readonly removed: readonly PhotoId[];
    /** Classes, split settings or fit. */
    readonly projectChanged: boolean;
  };
}

export function editLabel(edit: DatasetEdit): EditLabel {
  return edit.kind === 'restore' ? edit.label : `edits.${edit.kind}`;
}

/** Photo and class ids that do not exist are passed over. Time grows with the number of photos. */
export function applyEdit(state: DatasetState, edit: DatasetEdit): AppliedEdit {
  return applyPatch(state, editLabel(edit), toPatch(state, edit));
}

type Patch = Partial<Omit<RestoreEdit, 'kind' | 'label'>>;

function toPatch(state: DatasetState, edit: DatasetEdit): Patch {
  const { classes, photos } = state;
  const withClass = (id: ClassId, change: Partial<ClassInfo>): Patch => ({
    classes: classes.map((info) => (info.id === id ? { ...info, ...change } : info)),
  });
  const isClass = (id: ClassId): boolean => classes.some((info) => info.id === id);
  switch (edit.kind) {
    case 'add-class':
      return isClass(edit.info.id) ? {} : { classes: [...classes, edit.info] };
    case 'rename-class':
      return withClass(edit.classId, { name: edit.name });
    case 'recolour-class':
      return withClass(edit.classId, { colorIndex: edit.colorIndex });
    case 'remove-class':
      return {
        classes: classes.filter((info) => info.id !== edit.classId),
        remove: photosOfClasses(photos, new Set([edit.classId])).map((photo) => photo.id),
      };
    case 'merge-classes': {
      if (!isClass(edit.into)) return {};
      const from = new Set(edit.from.filter((id) => id !== edit.into && isClass(id)));
      return {
        classes: classes.filter((info) => !from.has(info.id)),
        put: photosOfClasses(photos, from).map((photo) => ({ ...photo, classId: edit.into })),
      };
    }
    case 'move-photos': {
      if (!isClass(edit.classId)) return {};
      return { put: existing(photos, edit.photoIds, (old) => ({ ...old, classId: edit.classId })) };
    }
    case 'remove-photos':
      return { remove: edit.photoIds };
    case 'add-photos': {
      const fresh = new Map<PhotoId, Photo>();
      for (const photo of edit.photos) if (!photos.has(photo.id)) fresh.set(photo.id, photo);
      return {
        put: withPlaces(photos, edit.changed ?? []),
        insert: [...fresh.values()].map((photo, i) => ({ position: photos.size + i, photo })),
      };
    }
    case 'set-sides':
      return { put: withPlaces(photos, edit.photos) };
    case 'set-split':
      return { split: edit.split, put: withPlaces(photos, edit.photos) };
    case 'set-fit':
      return { fit: edit.fit };
    case 'restore':
      return edit;
  }
}

function photosOfClasses(
  photos: ReadonlyMap<PhotoId, Photo>,
  ids: ReadonlySet<ClassId>,
): readonly Photo[] {
  return [...photos.values()].filter((photo) => ids.has(photo.classId));
}

function existing(
  photos: ReadonlyMap<PhotoId, Photo>,
  ids: readonly PhotoId[],
  change: (old: Photo) => Photo,
): readonly Photo[] {
  return ids.flatMap((id) => {
    const old = photos.get(id);
    return old === undefined ? [] : [change(old)];
  });
}

/** A record made from an older state must not bring back an old class or name. */
function withPlaces(
  photos: ReadonlyMap<PhotoId, Photo>,
  places: readonly Photo[],
): readonly Photo[] {
  return places.flatMap(({ id, side, pinned, groupId, splitRank }) => {
    const old = photos.get(id);
    if (old === undefined) return [];
    const rank = splitRank === undefined ? {} : { splitRank };
    return [{ ...old, side, pinned, groupId, ...rank }];
  });
}

function applyPatch(state: DatasetState, label: EditLabel, patch: Patch): AppliedEdit {
  const removed = new Set((patch.remove ?? []).filter((id) => state.photos.has(id)));
  const put = new Map<PhotoId, Photo>();
  const undoPut: Photo[] = [];
  for (const photo of patch.put ?? []) {
    const old = state.photos.get(photo.id);
    if (old === undefined || removed.has(photo.id) || isSameRecord(old, photo)) continue;
    if (!put.has(photo.id)) undoPut.push(old);
    put.set(photo.id, photo);
  }
  const insert = patch.insert ?? [];
  const { photos, positions } = rebuild(state.photos, put, removed, insert);
  const project = changedSettings(state, patch);
  const changesPhotos = put.size + removed.size + insert.length > 0;
  const projectChanged = Object.keys(project).length > 0;
  const undoSettings = Object.fromEntries(
    Object.keys(project).map((key) => [key, state[key as keyof typeof project]]),
  ) as Partial<Pick<DatasetState, 'classes' | 'split' | 'fit'>>;
  return {
    state: changesPhotos || projectChanged ? { ...state, ...project, photos } : state,
    inverse: {
      kind: 'restore',
      label,
      ...undoSettings,
      put: undoPut,
      remove: insert.map(({ photo }) => photo.id),
      insert: positions,
    },
    changed: {
      put: [...put.values(), ...insert.map(({ photo }) => photo)],
      removed: [...removed],
      projectChanged,
    },
  };
}

/** One pass over the photos; `positions` says where the removed ones stood. */
function rebuild(
  before: ReadonlyMap<PhotoId, Photo>,
  put: ReadonlyMap<PhotoId, Photo>,
  removed: ReadonlySet<PhotoId>,
  insert: RestoreEdit['insert'],
): { photos: ReadonlyMap<PhotoId, Photo>; positions: RestoreEdit['insert'] } {
  const photos = new Map<PhotoId, Photo>();
  const positions: { position: number; photo: Photo }[] = [];
  let next = 0;
  const insertDue = (): void => {
    for (
      let due = insert[next];
      due !== undefined && due.position <= photos.size;
      due = insert[next]
    ) {
      photos.set(due.photo.id, due.photo);
      next++;
    }
  };
  let position = 0;
  for (const [id, photo] of before) {
    insertDue();
    if (removed.has(id)) positions.push({ position, photo });
    else photos.set(id, put.get(id) ?? photo);
    position++;
  }
  insertDue();
  // Only reached when the state is not the one the edit was made for: nothing may be lost.
  for (const { photo } of insert.slice(next)) photos.set(photo.id, photo);
  return { photos, positions };
}

function changedSettings(
  state: DatasetState,
  { classes, split, fit }: Patch,
): Partial<Pick<DatasetState, 'classes' | 'split' | 'fit'>> {
  return {
    ...(classes !== undefined && !sameClasses(classes, state.classes) ? { classes } : {}),
    ...(split !== undefined && !isSameRecord(split, state.split) ? { split } : {}),
    ...(fit !== undefined && fit !== state.fit ? { fit } : {}),
  };
}

function sameClasses(a: readonly ClassInfo[], b: readonly ClassInfo[]): boolean {
  return (
    a.length === b.length &&
    a.every((info, i) => {
      const other = b[i];
      return other !== undefined && isSameRecord(info, other);
    })
  );
}

/** Field by field; nested records by identity, which edits keep. */
function isSameRecord(a: object, b: object): boolean {
  const [left, right] = [Object.entries(a), new Map<string, unknown>(Object.entries(b))];
  return (
    left.length === right.size && left.every(([key, value]) => Object.is(right.get(key), value))
  );
}

/**
 * Arrival time for the next photo: `nowMs`, or just after the one before. Storage returns photos by
 * arrival, so strictly growing times keep the order on screen over a reload. Fractions of a
 * millisecond are exact in a double until the year 2248.
 */
export function nextArrival(previousMs: number, nowMs: number): number {
  return Math.max(nowMs, previousMs + 2 ** -10);
}
