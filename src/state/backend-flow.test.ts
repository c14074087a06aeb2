/** Measuring the backends, seen from the store: what is kept, and what cancelling leaves as it was. */
import { afterEach, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { boot } from './boot.ts';

const apps: TestApp[] = [];

afterEach(() => {
  for (const app of apps.splice(0)) app.services.storage.close();
});

async function start(): Promise<TestApp> {
  const app = await createTestApp();
  apps.push(app);
  await boot(app, { requestedBackend: null });
  return app;
}

describe('the survey of backends', () => {
  it('is cancelled at once and leaves the earlier figures', async () => {
    const app = await start();
    await app.store.getState().surveyBackends();
    const before = app.store.getState().backends;
    expect(before.reports.length).toBeGreaterThan(1);

    app.engine.control.hold('surveyBackends');
    const again = app.store.getState().surveyBackends();
    expect(app.store.getState().backends).toMatchObject({ reports: [], inUse: before.inUse });
    expect(app.store.getState().backends.surveying).not.toBeNull();
    app.store.getState().cancelSurvey();
    await again;
    expect(app.store.getState().backends).toMatchObject({
      reports: before.reports,
      surveying: null,
      inUse: before.inUse,
    });
  });

  it('can be started again after it was cancelled', async () => {
    const app = await start();
    const release = app.engine.control.hold('surveyBackends');
    const first = app.store.getState().surveyBackends();
    app.store.getState().cancelSurvey();
    await first;
    release();
    await app.store.getState().surveyBackends();
    expect(app.store.getState().backends.reports.length).toBeGreaterThan(1);
  });
});
