/** Pictures with classes become a project of their own; the open one is not touched. */
import { describe, expect, it, vi } from 'vitest';
import { fakePhotoFile } from '../testing/fake-intake.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { boot } from './boot.ts';
import type { IncomingFile } from './store-types.ts';

async function openApp(name?: string): Promise<TestApp> {
  const app = await createTestApp(name);
  await boot(app, { requestedBackend: 'cpu' });
  return app;
}

function picture(folder: string, seed: number): IncomingFile {
  const name = `${folder}-${String(seed)}.jpg`;
  return { file: fakePhotoFile(folder, seed), name, folder };
}

const pictures = (count: number): readonly IncomingFile[] =>
  Array.from({ length: count }, (_, i) => picture(i % 2 === 0 ? 'cat' : 'dog', i));

async function withOwnPhoto(): Promise<TestApp> {
  const app = await openApp();
  const target = { kind: 'by-folder', loose: null } as const;
  await app.store.getState().addFiles([picture('bird', 0)], target, 'folder');
  return app;
}

function ownRecords({ store }: TestApp) {
  const { photos, classes, projectId } = store.getState();
  return { photos: [...photos.values()], classes, projectId };
}

describe('pictures as a project of their own', () => {
  it('are there at the next start with classes and sides, and the open project is as it was', async () => {
    const app = await withOwnPhoto();
    const before = ownRecords(app);
    await app.store.getState().openImport(pictures(60));
    expect(await app.store.getState().confirmImport('new-project')).toBe('project-opened');
    expect(ownRecords(app)).toEqual(before);

    const next = await openApp(app.databaseName);
    const { photos, classes, projectName, split } = next.store.getState();
    expect(projectName).toBe('cat, dog');
    expect(classes.map((info) => info.name)).toEqual(['cat', 'dog']);
    expect(new Set(classes.map((info) => info.colorIndex)).size).toBe(2);
    expect(photos.size).toBe(60);
    for (const { id } of classes) {
      const own = [...photos.values()].filter((photo) => photo.classId === id);
      expect(own).toHaveLength(30);
      const held = own.filter((photo) => photo.side === 'validation').length;
      expect(Math.abs(held - 30 * split.validationShare)).toBeLessThanOrEqual(1);
    }
    expect([...photos.values()].map((photo) => photo.name)).toEqual(
      pictures(60).map(({ name }) => name),
    );
  });

  it('are told about before they are opened when some were left out', async () => {
    const app = await withOwnPhoto();
    const { projectId } = app.store.getState();
    const again = { ...picture('cat', 0), name: 'cat-again.jpg' };
    await app.store.getState().openImport([...pictures(4), again]);
    expect(await app.store.getState().confirmImport('new-project')).toBe('nothing');
    const { importing } = app.store.getState();
    expect(importing).toMatchObject({
      status: 'made',
      photos: 4,
      refusals: [{ fileName: 'cat-again.jpg', code: 'duplicate' }],
    });
    expect(await app.services.storage.getSetting('last-project')).toBe(projectId);
    await app.store.getState().openMadeProject();
    const made = importing.status === 'made' ? importing.id : '';
    expect(await app.services.storage.getSetting('last-project')).toBe(made);
    expect(await app.services.storage.listPhotos(made)).toHaveLength(4);
  });

  it('leave nothing behind when they are given up half-way', async () => {
    const app = await withOwnPhoto();
    const before = ownRecords(app);
    await app.store.getState().openImport(pictures(120));
    const { storage } = app.services;
    const addPhotos = storage.addPhotos.bind(storage);
    // Given up while the first photos are being written, however fast that goes.
    const added = vi.spyOn(storage, 'addPhotos').mockImplementationOnce((...photos) => {
      app.store.getState().dismissImport();
      return addPhotos(...photos);
    });
    expect(await app.store.getState().confirmImport('new-project')).toBe('nothing');
    const written = added.mock.calls[0]?.[0] ?? '';
    expect(written).not.toBe(before.projectId);
    expect(await app.services.storage.listPhotos(written)).toEqual([]);
    expect(await app.services.storage.listProjects()).toHaveLength(1);
    expect(app.store.getState().importing.status).toBe('none');
    expect(ownRecords(app)).toEqual(before);
  });
});
