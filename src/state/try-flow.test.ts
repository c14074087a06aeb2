import { afterEach, describe, expect, it, vi } from 'vitest';
import { fakePhotoFile, fakeRefusedFile } from '../testing/fake-intake.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { boot } from './boot.ts';
import { triedCsv } from './services/try-csv.ts';
import type { AppState } from './store-types.ts';
import type { FileToTry } from './try-state.ts';

const opened: TestApp[] = [];
const state = (app: TestApp): AppState => app.store.getState();

async function start(databaseName?: string): Promise<TestApp> {
  const app = await createTestApp(databaseName);
  opened.push(app);
  await boot(app, { requestedBackend: 'wasm' });
  return app;
}

async function trained(): Promise<TestApp> {
  const app = await start();
  const files = ['ants', 'bees'].flatMap((folder) =>
    Array.from({ length: 12 }, (_, i) => ({
      file: fakePhotoFile(folder, i),
      name: `${folder}-${String(i)}.jpg`,
      folder,
    })),
  );
  await state(app).addFiles(files, { kind: 'by-folder', loose: null }, 'folder');
  await app.tools.embedder.ensure();
  await state(app).train();
  return app;
}

function many(count: number): FileToTry[] {
  return Array.from({ length: count }, (_, i) => ({
    file: fakePhotoFile(i % 2 === 0 ? 'ants' : 'bees', 500 + i),
    path: `new/${String(i)}.jpg`,
  }));
}

afterEach(() => {
  for (const app of opened.splice(0)) app.services.storage.close();
});

describe('trying many photos', () => {
  it('says about each what it says about it alone, in the order given', async () => {
    const app = await trained();
    const files = many(37);
    await state(app).tryMany(files);
    const rows = state(app).triedPhotos();
    expect(rows.map(({ path }) => path)).toEqual(files.map(({ path }) => path));
    expect(state(app).tryBatch).toMatchObject({ status: 'done', answered: 37, refused: 0 });
    for (const index of [0, 17, 36]) {
      const { file, path } = files[index] ?? { file: new Blob(), path: '' };
      await state(app).predictFile(file, path);
      const row = rows[index];
      expect(row?.kind === 'answered' ? row.probabilities : null).toEqual(
        state(app).prediction?.probabilities,
      );
    }
  });

  it('names the files it cannot open and goes on with the others', async () => {
    const app = await trained();
    const files = [...many(3), { file: fakeRefusedFile('heic'), path: 'phone.heic' }, ...many(2)];
    await state(app).tryMany(files);
    const batch = state(app).tryBatch;
    expect(batch).toMatchObject({ status: 'done', answered: 5, refused: 1 });
    expect(batch?.shownRefusals).toMatchObject([{ path: 'phone.heic', refusal: { code: 'heic' } }]);
    const csv = triedCsv(batch?.classes ?? [], state(app).triedPhotos(), (row) =>
      row.kind === 'refused' ? row.refusal.code : '',
    );
    const lines = csv.trim().split('\r\n');
    expect(lines).toHaveLength(7);
    expect(lines[0]).toBe('file,status,answer,p(ants),p(bees),note');
    expect(lines[4]).toBe('phone.heic,refused,,,,heic');
  });

  it('stops when it is told to, and keeps what it has', async () => {
    const app = await trained();
    // At the first answers, however fast the others would follow.
    const forget = app.store.subscribe(({ tryBatch }) => {
      if ((tryBatch?.answered ?? 0) > 0) state(app).cancelTryMany();
    });
    await state(app).tryMany(many(400));
    forget();
    const batch = state(app).tryBatch;
    expect(batch?.status).toBe('cancelled');
    expect(batch?.answered).toBeLessThan(400);
    expect(state(app).triedPhotos()).toHaveLength(batch?.answered ?? -1);
  });

  it('shows the first ones only, and gives every miniature back', async () => {
    const made = new Set<string>();
    const app = await trained();
    vi.spyOn(app.services, 'createObjectUrl').mockImplementation(() => {
      const url = `blob:${String(made.size)}`;
      made.add(url);
      return url;
    });
    vi.spyOn(app.services, 'revokeObjectUrl').mockImplementation((url) => void made.delete(url));
    await state(app).tryMany(many(130));
    expect(state(app).tryBatch?.shown).toHaveLength(100);
    expect(state(app).triedPhotos()).toHaveLength(130);
    expect(made.size).toBe(100);
    state(app).clearTryMany();
    expect(made.size).toBe(0);
    expect(state(app).tryBatch).toBeNull();
  });

  it('is replaced by the next ones at once', async () => {
    const app = await trained();
    const first = state(app).tryMany(many(100));
    const second = state(app).tryMany(many(2));
    await Promise.all([first, second]);
    expect(state(app).tryBatch).toMatchObject({ status: 'done', answered: 2 });
  });
});

describe('what has to be sure to be said', () => {
  it('withholds a class below its threshold, in one photo and in many', async () => {
    const app = await trained();
    const [photo] = many(1);
    await state(app).predictFile(photo?.file ?? new Blob(), 'a.jpg');
    const { probabilities = [] } = state(app).prediction ?? {};
    const top = state(app).classes[probabilities.indexOf(Math.max(...probabilities))]?.id ?? '';
    expect(state(app).prediction?.withheld).toBeNull();
    const needed = (Math.max(...probabilities) + 1) / 2;
    state(app).setTrySettings({ thresholds: { [top]: needed } });
    expect(state(app).prediction?.withheld).toBe('below');
    await state(app).tryMany(many(1));
    expect(state(app).triedPhotos()[0]).toMatchObject({ withheld: 'below' });
  });

  it('is remembered for the project', async () => {
    const app = await start();
    state(app).setTrySettings({ smoothingSeconds: 1.5, turns: 1 });
    await vi.waitFor(async () => {
      const again = await start(app.databaseName);
      await state(again).loadTrySettings();
      expect(state(again).trySettings).toMatchObject({ smoothingSeconds: 1.5, turns: 1 });
    });
  });
});

describe('the camera', () => {
  const frame = (): ImageBitmap => ({ width: 8, height: 8, close: () => undefined });

  it('mixes an answer with the one before, unless the frame stands alone', async () => {
    const app = await trained();
    state(app).setTrySettings({ smoothingSeconds: 3 });
    const own = { current: 'ants' };
    vi.spyOn(app.engine, 'framePixels').mockImplementation(async (_frame, size, fit) => {
      const prepared = await app.engine.preparePhoto(fakePhotoFile(own.current, 77), 480);
      if (prepared.kind === 'refused') throw new Error('not refused');
      return app.engine.photoPixels(prepared.image, size, fit);
    });
    await state(app).predictFrame(frame());
    const ants = state(app).prediction?.probabilities[0] ?? NaN;
    own.current = 'bees';
    await state(app).predictFrame(frame());
    const mixed = state(app).prediction?.probabilities[0] ?? NaN;
    await state(app).predictFrame(frame(), true);
    const bees = state(app).prediction?.probabilities[0] ?? NaN;
    expect(ants).toBeGreaterThan(0.5);
    expect(bees).toBeLessThan(0.5);
    expect(mixed).toBeGreaterThan(bees);
    expect(mixed).toBeLessThanOrEqual(ants);
  });
});
