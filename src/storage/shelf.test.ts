import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import type { Photo } from '../domain/photo.ts';
import { buildPhoto } from '../testing/build-photo.ts';
import { buildProject, buildRun } from '../testing/build-project.ts';
import { openStorage } from './open-storage.ts';
import type { NewPhoto, Storage } from './storage.ts';

let databases = 0;

async function open(): Promise<Storage> {
  return (await openStorage(`shelf-${String(++databases)}`)).storage;
}

function withPictures(photo: Photo): NewPhoto {
  return { photo, image: new Blob([`image ${photo.id}`]), thumbnail: new Blob([photo.id]) };
}

async function fill(storage: Storage, projectId: string, photoIds: readonly string[]) {
  const photos = photoIds.map((id) => buildPhoto(id));
  await storage.addPhotos(projectId, photos.map(withPictures));
  return photos;
}

describe('counts and covers', () => {
  it('counts the photos and runs of this project alone, and shows photos from all over it', async () => {
    const storage = await open();
    const ids = Array.from({ length: 9 }, (_, i) => `photo-${String(i)}`);
    const photos = await fill(storage, 'a', ids);
    await fill(storage, 'b', ['other']);
    await storage.putRun(buildRun('run', 'a'));
    const summary = await storage.summariseProject('a', 4);
    expect(summary).toMatchObject({ photoCount: 9, runCount: 1 });
    expect(summary.coverHashes).toEqual([0, 2, 4, 6].map((i) => photos[i]?.imageHash));
    expect(await storage.summariseProject('b', 4)).toMatchObject({ photoCount: 1, runCount: 0 });
    expect(await storage.summariseProject('nobody', 4)).toEqual({
      photoCount: 0,
      runCount: 0,
      coverHashes: [],
    });
  });
});

describe('copies', () => {
  it('has the same photos, pictures and runs, and outlives the project it was made of', async () => {
    const storage = await open();
    await storage.putProject(buildProject('a'));
    const photos = await fill(storage, 'a', ['one', 'two']);
    const run = buildRun('run', 'a');
    await storage.putRun(run);
    const copy = { ...buildProject('b'), name: 'Copy' };
    let runs = 0;
    await storage.copyProject('a', copy, () => `copied-${String(++runs)}`);
    expect(await storage.listPhotos('b')).toEqual(photos);
    expect(await storage.listRuns('b')).toEqual([{ ...run, id: 'copied-1', projectId: 'b' }]);
    expect(await storage.listRuns('a')).toEqual([run]);
    await storage.deleteProject('a');
    await storage.collectGarbage();
    expect(await storage.getProject('b')).toEqual(copy);
    for (const { id, imageHash } of photos) {
      expect(await (await storage.getImage(imageHash))?.text()).toBe(`image ${id}`);
    }
  });
});

describe('what nobody owns', () => {
  it('goes, unless its project is being written; what has an owner stays', async () => {
    const storage = await open();
    await storage.putProject(buildProject('whole'));
    const kept = await fill(storage, 'whole', ['kept']);
    const lost = await fill(storage, 'half', ['one', 'two']);
    await fill(storage, 'coming', ['three']);
    await storage.putRun(buildRun('kept run', 'whole'));
    await storage.putRun(buildRun('lost run', 'half'));
    await storage.putRun(buildRun('lone run', 'run only'));

    expect(await storage.removeOrphans((id) => id === 'coming')).toBe(2);
    expect(await storage.listPhotos('half')).toEqual([]);
    expect(await storage.listRuns('half')).toEqual([]);
    expect(await storage.listRuns('run only')).toEqual([]);
    expect(await storage.listPhotos('whole')).toEqual(kept);
    expect(await storage.listRuns('whole')).toHaveLength(1);
    expect(await storage.listPhotos('coming')).toHaveLength(1);
    await storage.collectGarbage();
    expect(await storage.getImage(lost[0]?.imageHash ?? '')).toBeNull();
    expect(await storage.getImage(kept[0]?.imageHash ?? '')).not.toBeNull();
    expect(await storage.removeOrphans(() => false)).toBe(1);
    expect(await storage.removeOrphans(() => false)).toBe(0);
  });
});
