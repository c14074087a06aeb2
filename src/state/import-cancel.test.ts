/** An import that was confirmed and is cancelled half-way leaves the project as it was. */
import { describe, expect, it, vi } from 'vitest';
import { fakePhotoFile } from '../testing/fake-intake.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { boot } from './boot.ts';
import type { LazyPicture } from './store-types.ts';

async function openApp(): Promise<TestApp> {
  const app = await createTestApp();
  await boot(app, { requestedBackend: 'cpu' });
  const files = [0, 1, 2].map((i) => ({
    file: fakePhotoFile('cat', i),
    name: `own-${String(i)}.jpg`,
    folder: 'cat',
  }));
  await app.store.getState().addFiles(files, { kind: 'by-folder', loose: null }, 'folder');
  return app;
}

/** Sixty pictures of two classes, one of them new; from the thirtieth on they never come. */
function stuckPictures(): readonly LazyPicture[] {
  return Array.from({ length: 60 }, (_, i) => {
    const folder = i % 2 === 0 ? 'cat' : 'dog';
    return {
      name: `${folder}-${String(i)}.jpg`,
      folder,
      open: (signal) =>
        i < 30
          ? Promise.resolve(fakePhotoFile(folder, `in ${String(i)}`))
          : new Promise((_resolve, reject) => {
              signal.addEventListener('abort', () => reject(new Error('given up')));
            }),
    };
  });
}

async function importHalf(app: TestApp): Promise<void> {
  void app.store.getState().addPictures(stuckPictures(), 'zip');
  await vi.waitFor(() => {
    expect(app.store.getState().photos.size).toBeGreaterThan(20);
  });
}

describe('an import cancelled half-way', () => {
  it('leaves no photo, no class and no step to undo, on screen and on disk', async () => {
    const app = await openApp();
    const before = app.store.getState();
    await importHalf(app);
    app.store.getState().cancelIntake();
    await vi.waitFor(() => {
      expect(app.store.getState().intake).toBeNull();
    });
    const after = app.store.getState();
    expect([...after.photos.values()]).toEqual([...before.photos.values()]);
    expect(after.classes).toEqual(before.classes);
    expect(after.undoLabel).toBe(before.undoLabel);
    expect(after.redoLabel).toBeNull();
    expect(after.intakeReport).toMatchObject({ added: 0, cancelled: true, refusals: [] });
    await app.tools.editor.flush();
    const stored = await app.services.storage.listPhotos(after.projectId);
    expect(stored.map((photo) => photo.name)).toEqual(['own-0.jpg', 'own-1.jpg', 'own-2.jpg']);
    // What can be undone is still what came before it.
    after.undo();
    expect(app.store.getState().photos.size).toBe(0);
  });

  it('does so for dropped folders too', async () => {
    const app = await openApp();
    const before = app.store.getState();
    app.engine.control.delay('preparePhoto', 5);
    const dropped = Array.from({ length: 60 }, (_, i) => {
      const folder = i % 2 === 0 ? 'cat' : 'dog';
      const name = `${folder}-${String(i)}.jpg`;
      return { file: fakePhotoFile(folder, `in ${String(i)}`), name, folder };
    });
    const adding = before.addFiles(dropped, { kind: 'by-folder', loose: null }, 'folder');
    await vi.waitFor(() => {
      expect(app.store.getState().photos.size).toBeGreaterThan(10);
    });
    app.store.getState().cancelIntake();
    await adding;
    const after = app.store.getState();
    expect([...after.photos.values()]).toEqual([...before.photos.values()]);
    expect(after.classes).toEqual(before.classes);
    expect(after.undoLabel).toBe(before.undoLabel);
    expect(after.intakeReport).toMatchObject({ added: 0, total: 60, cancelled: true });
    await app.tools.editor.flush();
    const stored = await app.services.storage.listPhotos(after.projectId);
    expect(stored).toHaveLength(3);
  });

  it('previews dropped folders: classes, counts, what is left out', async () => {
    const app = await openApp();
    const file = (name: string, folder: string | null) => ({
      file: fakePhotoFile(folder ?? 'none', name),
      name,
      folder,
    });
    await app.store
      .getState()
      .openImport([file('a.jpg', 'cat'), file('b.png', 'owl'), file('notes.txt', 'owl')]);
    expect(app.store.getState()).toMatchObject({
      openPanel: 'import',
      importing: {
        status: 'ready',
        preview: {
          name: 'cat, owl',
          layout: 'class-folders',
          photoCount: 2,
          classes: [
            { name: 'cat', count: 1 },
            { name: 'owl', count: 1 },
          ],
          skipped: [{ code: 'not-a-picture', count: 1, examples: ['owl/notes.txt'] }],
        },
      },
    });
    expect(app.store.getState().photos.size).toBe(3);
    await app.store.getState().confirmImport();
    expect(app.store.getState().photos.size).toBe(5);
    const origins = [...app.store.getState().photos.values()].map(({ origin }) => origin.kind);
    expect(new Set(origins)).toEqual(new Set(['folder']));
  });

  it('keeps what was done by hand meanwhile', async () => {
    const app = await openApp();
    await importHalf(app);
    const [own] = app.store.getState().classes;
    if (own === undefined) throw new Error('a class was expected');
    app.store.getState().renameClass(own.id, 'tom');
    app.store.getState().cancelIntake();
    await vi.waitFor(() => {
      expect(app.store.getState().intake).toBeNull();
    });
    const { photos, classes } = app.store.getState();
    expect([...photos.values()].map((photo) => photo.name)).toEqual([
      'own-0.jpg',
      'own-1.jpg',
      'own-2.jpg',
    ]);
    expect(classes[0]?.name).toBe('tom');
  });
});
