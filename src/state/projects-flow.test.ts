/** Several projects, runs that go on after an interruption, and storage that runs out, in one app. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Photo } from '../domain/photo.ts';
import { buildPhoto } from '../testing/build-photo.ts';
import { buildProject } from '../testing/build-project.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { boot } from './boot.ts';
import { readDeleted } from './services/deleted-projects.ts';
import { writeProjectFile } from './services/export-project.ts';
import {
  createProject,
  deleteProject,
  duplicateProject,
  letGo,
  listShelf,
  openProject,
  renameProject,
  undoDelete,
} from './services/project-shelf.ts';
import type { IncomingFile } from './store-types.ts';

let databases = 0;
const opened: TestApp[] = [];
afterEach(() => {
  for (const app of opened.splice(0)) app.services.storage.close();
});

async function start(name: string, sessionId = 'one'): Promise<TestApp & { reloads: number }> {
  let reloads = 0;
  const app = await createTestApp(name, {
    sessionId,
    reload: () => {
      reloads += 1;
    },
  });
  opened.push(app);
  await boot(app, { requestedBackend: 'cpu' });
  return Object.defineProperty({ ...app }, 'reloads', { get: () => reloads }) as TestApp & {
    reloads: number;
  };
}

const fresh = (): string => `projects-${String(++databases)}`;

function files(folder: string, count: number): readonly IncomingFile[] {
  return Array.from({ length: count }, (_, i) => ({
    file: new Blob([`${folder}:${String(i)}`]),
    name: `${folder}-${String(i)}.jpg`,
    folder,
  }));
}

async function addPhotos(app: TestApp, perClass = 6): Promise<void> {
  const all = [...files('ants', perClass), ...files('bees', perClass)];
  await app.store.getState().addFiles(all, { kind: 'by-folder', loose: null }, 'folder');
  await vi.waitFor(() => {
    expect(app.store.getState().embedding).toBeNull();
    expect(app.store.getState().unembedded).toBe(0);
  });
}

describe('the shelf', () => {
  it('lists the open project first, with counts and a cover', async () => {
    const app = await start(fresh());
    await addPhotos(app);
    await app.services.storage.putProject(buildProject('old', { usedAt: 1, name: 'Old' }));
    await app.services.storage.putProject(buildProject('older', { usedAt: 0, name: 'Older' }));
    const shelf = await listShelf(app);
    expect(shelf.map(({ name }) => name)).toEqual(['My project', 'Old', 'Older']);
    expect(shelf[0]).toMatchObject({ isOpen: true, photoCount: 12, classCount: 2, runCount: 0 });
    expect(shelf[0]?.coverHashes).toHaveLength(4);
  });

  it('opens another project by a new start, in which nothing of the first is left', async () => {
    const name = fresh();
    const app = await start(name);
    await addPhotos(app);
    await app.store.getState().train();
    const first = app.store.getState().projectId;
    await createProject(app, 'Second');
    expect(app.reloads).toBe(1);

    const second = await start(name);
    const state = second.store.getState();
    expect(state.projectName).toBe('Second');
    expect([state.photos.size, state.classes.length, state.currentRun, state.undoLabel]).toEqual([
      0,
      0,
      null,
      null,
    ]);
    expect(second.services.metricLog.getSnapshot()).toEqual([]);
    await openProject(second, first);
    const back = (await start(name)).store.getState();
    expect([back.projectId, back.photos.size, back.currentRun === null]).toEqual([
      first,
      12,
      false,
    ]);
  });

  it('renames open and closed projects, and duplicates with photos and runs', async () => {
    const app = await start(fresh());
    await addPhotos(app);
    await app.store.getState().train();
    const { projectId } = app.store.getState();
    await app.services.storage.putProject(buildProject('closed'));
    expect(await renameProject(app, projectId, 'Mine')).toBe(true);
    expect(await renameProject(app, 'closed', 'Yours')).toBe(true);
    expect(await renameProject(app, 'nobody', 'Theirs')).toBe(false);
    await duplicateProject(app, projectId, 'Mine copy');
    const shelf = await listShelf(app);
    expect(new Set(shelf.map(({ name }) => name))).toEqual(new Set(['Mine', 'Mine copy', 'Yours']));
    expect(shelf.find(({ name }) => name === 'Mine copy')).toMatchObject({
      photoCount: 12,
      runCount: 1,
      isOpen: false,
    });
  });
});

describe('deleting a project', () => {
  it('loses not a byte before its notice is dismissed, and then all of them', async () => {
    const app = await start(fresh());
    const { storage } = app.services;
    const photo = buildPhoto('photo');
    await storage.putProject(buildProject('other'));
    await storage.addPhotos('other', [
      { photo, image: new Blob(['image']), thumbnail: new Blob(['small']) },
    ]);
    expect(await deleteProject(app, { id: 'other', name: 'Other' })).toBe(true);
    expect((await listShelf(app)).map(({ id }) => id)).not.toContain('other');
    expect(app.store.getState().deletedProjects).toEqual([{ id: 'other', name: 'Other' }]);
    await storage.collectGarbage();
    expect(await (await storage.getImage(photo.imageHash))?.text()).toBe('image');
    await undoDelete(app, 'other');
    expect(app.store.getState().deletedProjects).toEqual([]);
    expect(await storage.listPhotos('other')).toEqual([photo]);

    await deleteProject(app, { id: 'other', name: 'Other' });
    await letGo(app, 'other');
    expect(await storage.getProject('other')).toBeNull();
    await storage.collectGarbage();
    expect(await storage.getImage(photo.imageHash)).toBeNull();
  });

  it('of the open one starts with another, and the undo is still there', async () => {
    const name = fresh();
    const app = await start(name);
    app.store.getState().addClass('Ants');
    const { projectId } = app.store.getState();
    await deleteProject(app, { id: projectId, name: 'My project' });
    expect(app.reloads).toBe(1);
    const next = await start(name);
    expect(next.store.getState().projectId).not.toBe(projectId);
    expect(next.store.getState().deletedProjects).toEqual([{ id: projectId, name: 'My project' }]);
    await undoDelete(next, projectId);
    const kept = await next.services.storage.getProject(projectId);
    expect(kept?.classes.map((info) => info.name)).toEqual(['Ants']);
  });

  it('is for good when the session has ended', async () => {
    const name = fresh();
    const app = await start(name, 'yesterday');
    await app.services.storage.putProject(buildProject('other'));
    await deleteProject(app, { id: 'other', name: 'Other' });
    const next = await start(name, 'today');
    await vi.waitFor(async () => {
      expect(await readDeleted(next.services.storage)).toEqual([]);
    });
    expect(await next.services.storage.getProject('other')).toBeNull();
  });
});

describe('a run that was interrupted', () => {
  /** Trains until a few epochs are stored, then leaves the page as a crash does. */
  async function interrupted(name: string): Promise<{ epoch: number }> {
    const app = await start(name);
    await addPhotos(app);
    app.store.getState().setHyperparameter('epochs', 40);
    app.store.getState().setHyperparameter('earlyStopping', false);
    await app.tools.editor.flush();
    app.engine.control.delay('train', 3);
    void app.store.getState().train();
    const { projectId } = app.store.getState();
    await vi.waitFor(async () => {
      const stored = await app.services.storage.getUnfinishedRun(projectId);
      expect(stored?.point.epoch).toBeGreaterThan(2);
    });
    // The database is closed under it: nothing it does afterwards is stored.
    const stored = await app.services.storage.getUnfinishedRun(projectId);
    app.services.storage.close();
    return { epoch: stored?.point.epoch ?? 0 };
  }

  it('is offered at the next start and goes on to its end', async () => {
    const name = fresh();
    const { epoch } = await interrupted(name);
    const app = await start(name);
    const offered = app.store.getState().unfinishedRun;
    expect(offered?.epochs).toBe(40);
    expect(offered?.epoch).toBeGreaterThanOrEqual(epoch);
    // Its own settings count, not those of now.
    app.store.getState().setHyperparameter('epochs', 7);
    await app.store.getState().goOnTraining();
    const { currentRun, unfinishedRun, projectId } = app.store.getState();
    expect(currentRun?.metrics.map((point) => point.epoch)).toEqual(
      Array.from({ length: 40 }, (_, i) => i + 1),
    );
    expect(currentRun?.hyperparameters.epochs).toBe(40);
    expect(unfinishedRun).toBeNull();
    expect(await app.services.storage.getUnfinishedRun(projectId)).toBeNull();
  });

  it('is not offered when the photos have changed, or when it was forgotten', async () => {
    const name = fresh();
    await interrupted(name);
    const app = await start(name);
    const [first] = app.store.getState().photos.keys();
    app.store.getState().removePhotos([first ?? '']);
    await app.store.getState().findUnfinishedRun();
    expect(app.store.getState().unfinishedRun).toBeNull();

    const other = fresh();
    await interrupted(other);
    const again = await start(other);
    expect(again.store.getState().unfinishedRun).not.toBeNull();
    again.store.getState().forgetUnfinishedRun();
    const { projectId } = again.store.getState();
    await vi.waitFor(async () => {
      expect(await again.services.storage.getUnfinishedRun(projectId)).toBeNull();
    });
  });

  it('that ended or was cancelled leaves nothing behind', async () => {
    const app = await start(fresh());
    await addPhotos(app);
    const { projectId } = app.store.getState();
    const stored = () => app.services.storage.getUnfinishedRun(projectId);
    await app.store.getState().train();
    expect(await stored()).toBeNull();
    app.engine.control.delay('train', 5);
    const training = app.store.getState().train();
    await vi.waitFor(async () => {
      expect(await stored()).not.toBeNull();
    });
    app.store.getState().cancelTraining();
    await training;
    await vi.waitFor(async () => {
      expect(await stored()).toBeNull();
    });
  });
});

describe('storage', () => {
  const MB = 2 ** 20;

  it('warns before it is full, once, and not where the browser does not say', async () => {
    const app = await start(fresh());
    const figures = { usedBytes: 10 * MB, quotaBytes: 1_000 * MB, persistent: false };
    const usage = vi.spyOn(app.services.storage, 'usage');
    const warned = () =>
      app.store.getState().notices.filter(({ messageKey }) => messageKey === 'storage.nearly-full')
        .length;
    const { refreshStorageUsage } = await import('./services/storage-usage.ts');
    usage.mockResolvedValue(figures);
    await refreshStorageUsage(app);
    expect(warned()).toBe(0);
    usage.mockResolvedValue({ ...figures, usedBytes: 0, quotaBytes: 0 });
    await refreshStorageUsage(app);
    expect(warned()).toBe(0);
    usage.mockResolvedValue({ ...figures, usedBytes: 901 * MB });
    await refreshStorageUsage(app);
    expect(warned()).toBe(1);
    const [notice] = app.store.getState().notices;
    app.store.getState().dismissNotice(notice?.id ?? 0);
    await refreshStorageUsage(app);
    expect(warned()).toBe(0);
    usage.mockResolvedValue(figures);
    await refreshStorageUsage(app);
    usage.mockResolvedValue({ ...figures, usedBytes: 51 * MB, quotaBytes: 100 * MB });
    await refreshStorageUsage(app);
    expect(warned()).toBe(1);
  });

  it('tells of records that could not be read', async () => {
    const name = fresh();
    const app = await start(name);
    const { projectId } = app.store.getState();
    const damaged = { ...buildPhoto('bad'), width: 'wide' } as unknown as ReturnType<
      typeof buildPhoto
    >;
    await app.services.storage.updatePhotos(projectId, [damaged]);
    const next = await start(name);
    expect(next.store.getState().notices).toMatchObject([
      { messageKey: 'storage.damaged', params: { n: 1 } },
    ]);
  });

  it('refuses a project file that could not be opened again, before writing any of it', async () => {
    const app = await start(fresh());
    const photos = Array<Photo>(100_001).fill(buildPhoto('same'));
    const add = vi.fn();
    await expect(
      writeProjectFile(
        {
          photos,
          zip: { add, finish: () => Promise.resolve() },
          signal: new AbortController().signal,
          onPhoto: () => undefined,
        },
        buildProject('large'),
        app.services.storage,
      ),
    ).rejects.toMatchObject({ code: 'too-many-photos', params: { limit: 100_000 } });
    expect(add).not.toHaveBeenCalled();
  });
});
