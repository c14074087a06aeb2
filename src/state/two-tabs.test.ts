/** One project in several tabs: one writes, whatever happens. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeBrowser, type FakeTab } from '../testing/fake-browser-tabs.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { buildPhoto } from '../testing/build-photo.ts';
import { boot } from './boot.ts';

let databases = 0;
let name = '';
let browser = createFakeBrowser();

beforeEach(() => {
  name = `tabs-${String(++databases)}`;
  browser = createFakeBrowser();
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function openTab(): Promise<{ app: TestApp; tab: FakeTab }> {
  const tab = browser.openTab();
  const app = await createTestApp(name, { tabs: tab.tabs, sessionId: `session ${Math.random()}` });
  await boot(app, { requestedBackend: 'cpu' });
  return { app, tab };
}

const role = ({ store }: TestApp) => store.getState().tab.role;
const names = ({ store }: TestApp) => store.getState().classes.map((info) => info.name);
const becomesWriter = (app: TestApp) =>
  vi.waitFor(() => {
    expect(role(app)).toBe('writer');
  }, 5_000);

describe('two tabs on one project', () => {
  it('starting together they share one project, and one of them writes', async () => {
    const [first, second] = await Promise.all([openTab(), openTab()]);
    expect(first.app.store.getState().projectId).toBe(second.app.store.getState().projectId);
    expect([role(first.app), role(second.app)].sort()).toEqual(['reader', 'writer']);
    expect(await first.app.services.storage.listProjects()).toHaveLength(1);
  });

  it('the second changes nothing: not on screen, not on disk, not even past the store', async () => {
    const first = await openTab();
    first.app.store.getState().addClass('Ants');
    await first.app.tools.editor.flush();
    const second = await openTab();
    const state = second.app.store.getState();
    expect(names(second.app)).toEqual(['Ants']);
    state.addClass('Bees');
    state.renameProject('Mine');
    state.setHyperparameter('epochs', 3);
    state.undo();
    await state.train();
    await state.addFiles(
      [{ file: new Blob(['x']), name: 'x.jpg', folder: 'Ants' }],
      { kind: 'by-folder', loose: null },
      'file',
    );
    expect(names(second.app)).toEqual(['Ants']);
    expect(second.app.store.getState().projectName).toBe('My project');
    expect(second.app.store.getState().hyperparameters.epochs).not.toBe(3);
    expect(second.app.store.getState().notices.map(({ messageKey }) => messageKey)).toContain(
      'projects.only-reads',
    );
    const { storage } = second.app.services;
    const { projectId } = state;
    const refused = { code: 'read-only' };
    const project = await storage.getProject(projectId);
    if (project === null) throw new Error('no project');
    await expect(storage.putProject({ ...project, name: 'Mine' })).rejects.toMatchObject(refused);
    await expect(storage.updatePhotos(projectId, [buildPhoto('photo')])).rejects.toMatchObject(
      refused,
    );
    await expect(storage.applyEdit(project, { put: [], remove: [] })).rejects.toMatchObject(
      refused,
    );
    expect((await storage.getProject(projectId))?.name).toBe('My project');
  });

  it('taking over: the first saves, says so and only reads; the second has it all', async () => {
    const first = await openTab();
    const second = await openTab();
    // In the very moment of the question.
    first.app.store.getState().addClass('Ants');
    second.app.store.getState().takeOver();
    expect(second.app.store.getState().tab.status).toBe('asking');
    first.app.store.getState().addClass('Bees');
    await becomesWriter(second.app);
    expect(first.app.store.getState().tab).toMatchObject({ role: 'reader', status: 'taken-over' });
    expect(names(second.app)).toEqual(['Ants', 'Bees']);
    second.app.store.getState().addClass('Crabs');
    first.app.store.getState().addClass('Dogs');
    await second.app.tools.editor.flush();
    // And back again.
    first.app.store.getState().takeOver();
    await becomesWriter(first.app);
    expect(role(second.app)).toBe('reader');
    expect(names(first.app)).toEqual(['Ants', 'Bees', 'Crabs']);
  });

  it('when the first crashes the second goes on by itself with what was saved', async () => {
    const first = await openTab();
    first.app.store.getState().addClass('Ants');
    await first.app.tools.editor.flush();
    const second = await openTab();
    expect(role(second.app)).toBe('reader');
    first.tab.crash();
    await becomesWriter(second.app);
    expect(names(second.app)).toEqual(['Ants']);
    second.app.store.getState().addClass('Bees');
    await second.app.tools.editor.flush();
    const third = await openTab();
    expect(names(third.app)).toEqual(['Ants', 'Bees']);
    expect(role(third.app)).toBe('reader');
  });

  it('of three tabs the one that asks gets it, though another has waited longer', async () => {
    const first = await openTab();
    const second = await openTab();
    const third = await openTab();
    third.app.store.getState().takeOver();
    await becomesWriter(third.app);
    expect([role(first.app), role(second.app)]).toEqual(['reader', 'reader']);
  });

  it('never has two writers, whoever takes over and crashes when', async () => {
    const tabs = [await openTab(), await openTab(), await openTab()];
    const alive = new Set(tabs);
    for (const pick of [1, 2, 0, 2, 1]) {
      const asking = tabs[pick];
      if (asking === undefined || !alive.has(asking)) continue;
      asking.app.store.getState().takeOver();
      for (let step = 0; step < 15; step++) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        const writers = [...alive].filter(({ app }) => role(app) === 'writer');
        expect(writers.length).toBeLessThan(2);
      }
      await becomesWriter(asking.app);
      if (pick === 0) {
        asking.tab.crash();
        alive.delete(asking);
      }
    }
  });
});

describe('a browser without locks', () => {
  it('works as if it were alone, and knows that it cannot tell', async () => {
    const app = await createTestApp(name);
    await boot(app, { requestedBackend: 'cpu' });
    expect(app.store.getState().tab).toMatchObject({ role: 'writer', isGuarded: false });
    app.store.getState().addClass('Ants');
    expect(names(app)).toEqual(['Ants']);
  });
});
