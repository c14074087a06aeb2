/** Findings in the whole app: found as photos arrive, dismissed for good, the comparison on embeddings. */
import { describe, expect, it, vi } from 'vitest';
import { fakePhotoFile } from '../testing/fake-intake.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { boot } from './boot.ts';
import { createFindingsService } from './services/findings-service.ts';
import type { IncomingFile } from './store-types.ts';

const file = (look: string, i: number, folder: string): IncomingFile => ({
  file: fakePhotoFile(look, i),
  name: `${look}-${String(i)}.jpg`,
  folder,
});

async function openApp(databaseName?: string): Promise<TestApp> {
  const app = await createTestApp(databaseName);
  await boot(app, { requestedBackend: 'cpu' });
  return app;
}

async function fill(app: TestApp): Promise<void> {
  const files = ['cat', 'dog'].flatMap((look) =>
    Array.from({ length: 30 }, (_, i) => file(look, i, look)),
  );
  await app.store.getState().addFiles(files, { kind: 'by-folder', loose: null }, 'folder');
  await app.tools.embedder.ensure();
}

describe('findings', () => {
  it('notice one picture in two classes as it arrives, and that it was put right', async () => {
    const app = await openApp();
    await fill(app);
    const service = createFindingsService(app);
    const stop = service.start();
    await vi.waitFor(() => {
      expect(service.store.getState().status).toBe('ready');
    });
    expect(service.store.getState().findings).toEqual([]);

    const copy = [file('cat', 3, 'dog')];
    await app.store.getState().addFiles(copy, { kind: 'by-folder', loose: null }, 'folder');
    await vi.waitFor(
      () => {
        expect(service.store.getState().findings.map(({ kind }) => kind)).toEqual(['two-classes']);
      },
      { timeout: 5_000 },
    );
    expect(service.store.getState().flagged.size).toBe(2);

    app.store.getState().undo();
    await vi.waitFor(
      () => {
        expect(service.store.getState().findings).toEqual([]);
      },
      { timeout: 5_000 },
    );
    stop();
  });

  it('stay dismissed after a reload, and come back on request', async () => {
    const app = await openApp();
    const few = [file('cat', 0, 'cat'), file('dog', 0, 'dog')];
    await app.store.getState().addFiles(few, { kind: 'by-folder', loose: null }, 'folder');
    const service = createFindingsService(app);
    const stop = service.start();
    await vi.waitFor(() => {
      expect(service.store.getState().findings).toHaveLength(2);
    });
    const [first] = service.store.getState().findings;
    if (first === undefined) throw new Error('a finding was expected');
    service.dismiss(first);
    await vi.waitFor(() => {
      expect(service.store.getState().dismissed.map(({ id }) => id)).toEqual([first.id]);
    });
    stop();
    await app.tools.editor.flush();

    const again = await openApp(app.databaseName);
    const later = createFindingsService(again);
    const stopLater = later.start();
    await vi.waitFor(() => {
      expect(later.store.getState().dismissed.map(({ id }) => id)).toEqual([first.id]);
    });
    later.restoreDismissed();
    await vi.waitFor(() => {
      expect(later.store.getState().findings).toHaveLength(2);
    });
    stopLater();
  });

  it('compare honest with leaky splits without touching what the app trains on', async () => {
    const app = await openApp();
    await fill(app);
    await app.store.getState().train();
    // The run gets its temperature a moment after its end.
    await vi.waitFor(() => {
      expect(app.store.getState().currentRun?.calibration).toBeDefined();
    });
    const { currentRun } = app.store.getState();
    const { loadedData } = app.engine.control;
    const service = createFindingsService(app);
    await service.compare();
    const { comparison } = service.store.getState();
    expect(comparison).toMatchObject({ status: 'done', photos: 60 });
    expect(app.engine.control.count('scoreSplit')).toBe(6);
    expect(app.store.getState().currentRun).toBe(currentRun);
    expect(app.engine.control.loadedData).toBe(loadedData);
  });

  it('give no verdict when the comparison is cancelled, or when there is too little', async () => {
    const app = await openApp();
    const service = createFindingsService(app);
    await service.compare();
    expect(service.store.getState().comparison).toEqual({ status: 'too-few' });
    await fill(app);
    const release = app.engine.control.hold('scoreSplit');
    const comparing = service.compare();
    await vi.waitFor(() => {
      expect(service.store.getState().comparison).toMatchObject({ status: 'running', total: 6 });
    });
    service.cancelComparison();
    await comparing;
    release();
    expect(service.store.getState().comparison).toEqual({ status: 'none' });
  });
});
