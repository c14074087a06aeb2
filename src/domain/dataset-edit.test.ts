import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPhoto } from '../testing/build-photo.ts';
import {
  applyEdit,
  editLabel,
  nextArrival,
  type DatasetEdit,
  type DatasetState,
  type RestoreEdit,
} from './dataset-edit.ts';
import type { Photo, Side } from './photo.ts';

const CLASS_IDS = ['a', 'b', 'c'] as const;

function stateWith(photos: readonly Photo[]): DatasetState {
  return {
    classes: CLASS_IDS.map((id, colorIndex) => ({ id, name: `Class ${id}`, colorIndex })),
    photos: new Map(photos.map((photo) => [photo.id, photo])),
    split: { seed: 1, validationShare: 0.2, testShare: 0 },
    fit: 'crop',
  };
}

/** Maps compared in order: `toEqual` alone does not look at it. */
const plain = (state: DatasetState) => ({ ...state, photos: [...state.photos] });
const order = (state: DatasetState) => [...state.photos.keys()].join('');

const start = stateWith(
  ['p', 'q', 'r', 's'].map((id, i) => buildPhoto(id, { classId: i % 2 === 0 ? 'a' : 'b' })),
);

const photoId = fc.integer({ min: 0, max: 11 }).map((n) => `p${n}`);
const classId = fc.constantFrom(...CLASS_IDS, 'd', 'missing');
const somePhotos = fc.uniqueArray(photoId, { maxLength: 6 });
const somePlaces = fc.uniqueArray(
  fc
    .record({
      id: photoId,
      side: fc.constantFrom<Side>('train', 'validation', 'test'),
      pinned: fc.boolean(),
    })
    .map(({ id, ...place }) => buildPhoto(id, { ...place, name: 'stale', splitRank: 0.4 })),
  { maxLength: 5, selector: (photo) => photo.id },
);
const arbitraryEdit: fc.Arbitrary<DatasetEdit> = fc.oneof(
  fc.constant<DatasetEdit>({ kind: 'add-class', info: { id: 'd', name: 'D', colorIndex: 3 } }),
  fc.record({
    kind: fc.constant('rename-class' as const),
    classId,
    name: fc.constantFrom('X', 'Y'),
  }),
  fc.record({ kind: fc.constant('recolour-class' as const), classId, colorIndex: fc.nat(5) }),
  fc.record({ kind: fc.constant('remove-class' as const), classId }),
  fc.record({
    kind: fc.constant('merge-classes' as const),
    from: fc.array(classId),
    into: classId,
  }),
  fc.record({ kind: fc.constant('move-photos' as const), photoIds: somePhotos, classId }),
  fc.record({ kind: fc.constant('remove-photos' as const), photoIds: somePhotos }),
  fc.record({
    kind: fc.constant('add-photos' as const),
    photos: somePhotos.map((ids) => ids.map((id) => buildPhoto(id, { classId: 'a' }))),
    changed: somePlaces,
  }),
  fc.record({ kind: fc.constant('set-sides' as const), photos: somePlaces }),
  fc.record({
    kind: fc.constant('set-split' as const),
    split: fc.record({
      seed: fc.nat(3),
      validationShare: fc.constantFrom(0.2, 0.3),
      testShare: fc.constant(0),
    }),
    photos: somePlaces,
  }),
  fc.record({
    kind: fc.constant('set-fit' as const),
    fit: fc.constantFrom('crop', 'pad', 'stretch'),
  }),
);

describe('applyEdit', () => {
  it('takes any sequence of edits back to the start and forth again, order included', () => {
    const initial = fc
      .uniqueArray(photoId, { maxLength: 9 })
      .map((ids) =>
        stateWith(ids.map((id, i) => buildPhoto(id, { classId: CLASS_IDS[i % 3] ?? 'a' }))),
      );
    fc.assert(
      fc.property(initial, fc.array(arbitraryEdit, { maxLength: 12 }), (first, edits) => {
        const states = [first];
        const undo: RestoreEdit[] = [];
        let state = first;
        for (const edit of edits) {
          const applied = applyEdit(state, edit);
          ({ state } = applied);
          states.push(state);
          undo.push(applied.inverse);
        }
        for (let round = 0; round < 2; round++) {
          const redo: RestoreEdit[] = [];
          for (const [i, inverse] of [...undo.entries()].reverse()) {
            const applied = applyEdit(state, inverse);
            ({ state } = applied);
            redo.push(applied.inverse);
            expect(plain(state)).toEqual(plain(states[i] ?? first));
          }
          undo.length = 0;
          for (const [i, again] of redo.reverse().entries()) {
            const applied = applyEdit(state, again);
            ({ state } = applied);
            undo.push(applied.inverse);
            expect(plain(state)).toEqual(plain(states[i + 1] ?? first));
          }
        }
      }),
    );
  });

  it('tells storage exactly what differs', () => {
    fc.assert(
      fc.property(fc.array(arbitraryEdit, { maxLength: 8 }), (edits) => {
        let state = stateWith(
          ['p0', 'p1', 'p2', 'p3'].map((id) => buildPhoto(id, { classId: 'b' })),
        );
        for (const edit of edits) {
          const before = state;
          const { state: after, changed } = applyEdit(before, edit);
          const stored = new Map(before.photos);
          for (const photo of changed.put) stored.set(photo.id, photo);
          for (const id of changed.removed) stored.delete(id);
          expect(stored).toEqual(new Map(after.photos));
          for (const photo of changed.put) expect(photo).not.toEqual(before.photos.get(photo.id));
          const settings = ({ photos: _, ...rest }: DatasetState) => rest;
          expect(changed.projectChanged).toBe(
            JSON.stringify(settings(before)) !== JSON.stringify(settings(after)),
          );
          const touched = changed.projectChanged || changed.put.length + changed.removed.length > 0;
          expect(after === before).toBe(!touched);
          state = after;
        }
      }),
    );
  });

  it('never mutates what it was given', () => {
    const frozen = JSON.stringify(plain(start));
    applyEdit(start, { kind: 'remove-class', classId: 'a' });
    applyEdit(start, { kind: 'move-photos', photoIds: ['p'], classId: 'c' });
    expect(JSON.stringify(plain(start))).toBe(frozen);
  });

  it('moves, merges and removes classes with their photos', () => {
    const merged = applyEdit(start, { kind: 'merge-classes', from: ['a', 'c'], into: 'b' });
    expect(merged.state.classes.map((info) => info.id)).toEqual(['b']);
    expect([...merged.state.photos.values()].every((photo) => photo.classId === 'b')).toBe(true);
    expect(order(merged.state)).toBe('pqrs');
    const removed = applyEdit(start, { kind: 'remove-class', classId: 'a' });
    expect(order(removed.state)).toBe('qs');
    expect(removed.changed.removed).toEqual(['p', 'r']);
    expect(order(applyEdit(removed.state, removed.inverse).state)).toBe('pqrs');
  });

  it('takes only the place from records made earlier', () => {
    const renamed = buildPhoto('p', {
      name: 'stale',
      classId: 'c',
      side: 'test',
      pinned: true,
      splitRank: 0.9,
    });
    const { state } = applyEdit(start, { kind: 'set-sides', photos: [renamed] });
    expect(state.photos.get('p')).toMatchObject({
      name: 'p.jpg',
      classId: 'a',
      side: 'test',
      pinned: true,
      splitRank: 0.9,
    });
  });

  it('keeps the label through undo and redo', () => {
    const applied = applyEdit(start, { kind: 'move-photos', photoIds: ['p'], classId: 'b' });
    const undone = applyEdit(applied.state, applied.inverse);
    expect([editLabel(applied.inverse), editLabel(undone.inverse)]).toEqual([
      'edits.move-photos',
      'edits.move-photos',
    ]);
  });

  it('is quick at 10,000 photos', () => {
    const many = stateWith(
      Array.from(
        { length: 10_000 },
        (_, i) => ({ ...start.photos.get('p'), id: `p${i}` }) as Photo,
      ),
    );
    const before = performance.now();
    let state = many;
    for (let i = 0; i < 50; i++) {
      ({ state } = applyEdit(state, {
        kind: 'move-photos',
        photoIds: [`p${i * 100}`],
        classId: 'b',
      }));
    }
    expect((performance.now() - before) / 50).toBeLessThan(50);
    const removed = applyEdit(many, { kind: 'remove-class', classId: 'a' });
    expect(removed.state.photos.size).toBe(0);
    expect(applyEdit(removed.state, removed.inverse).state).toEqual(many);
  });
});

describe('nextArrival', () => {
  it('grows strictly, however many photos arrive in one millisecond', () => {
    let last = 0;
    for (let i = 0; i < 5000; i++) {
      const next = nextArrival(last, 1_800_000_000_000);
      expect(next).toBeGreaterThan(last);
      last = next;
    }
    expect(nextArrival(last, last + 7)).toBe(last + 7);
  });
});
