/**
 * Start-up in the order a person feels it: theme, the project as it was left, then the engine, then
 * what can wait. Nothing here blocks the first screen longer than reading the project.
 */
import {
  DEFAULT_HYPERPARAMETERS,
  validateHyperparameters,
} from '../domain/hyperparameter-specs.ts';
import type { Project } from '../domain/project.ts';
import type { App } from './app-store.ts';
import { BUILT_IN_BACKBONE_ID } from './services/backbone-manager.ts';
import { readOverride } from './services/backend-memory.ts';
import { refreshStorageUsage } from './services/storage-usage.ts';
import { watchLiveRetrain } from './services/live-retrain.ts';
import { watchRunStaleness } from './services/run-staleness.ts';
import { watchTimeline } from './services/watch-timeline.ts';
import type { Theme } from './store-types.ts';

const SURVEY_IDLE_MS = 4_000;
const DEFAULT_SPLIT = { validationShare: 0.2, testShare: 0 } as const;

export interface BootOptions {
  /** Backend asked for in the address (`?backend=wasm`), null otherwise. */
  readonly requestedBackend: string | null;
}

export async function boot(app: App, options: BootOptions): Promise<void> {
  const { store, services, tools } = app;
  const { storage } = services;
  try {
    await restoreTheme(app);
    const project = await openLastProject(app);
    const photos = await storage.listPhotos(project.id);
    tools.editor.open(project, photos);
    store.setState({ boot: { status: 'ready', error: null } });
    // A full storage must not keep anybody from working with what is there.
    await storage.putSetting('last-project', project.id).catch(() => undefined);
    watchTimeline(app);
    await showLastRun(app, project);
    watchEngine(app);
    watchRunStaleness(store);
    watchLiveRetrain(store);
    const override = await readOverride(storage, options.requestedBackend);
    await Promise.all([tools.backends.start(override), tools.backbones.discover()]);
    await tools.backbones.loadPreferred(project.backboneId);
    const canvas = await services.engine.checkCanvas().catch(() => null);
    store.setState({ canvasTampered: canvas?.tampered ?? false });
    await refreshStorageUsage(app);
    void storage.collectGarbage().catch(() => undefined);
    if (tools.backends.needsSurvey()) surveyWhenIdle(app);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (store.getState().boot.status === 'ready') {
      store
        .getState()
        .notify({ tone: 'error', messageKey: 'shell.engine-failed', params: { detail: message } });
    } else {
      store.setState({ boot: { status: 'failed', error: message } });
    }
  }
}

async function restoreTheme({ store, services }: App): Promise<void> {
  const theme = await services.storage.getSetting('theme');
  if (theme === 'light' || theme === 'dark') store.setState({ theme: theme satisfies Theme });
}

async function openLastProject({ services }: App): Promise<Project> {
  const { storage } = services;
  const lastId = await storage.getSetting('last-project');
  const last = typeof lastId === 'string' ? await storage.getProject(lastId) : null;
  if (last !== null) return withValidSettings(last);
  const newest = [...(await storage.listProjects())].sort((a, b) => b.usedAt - a.usedAt)[0];
  if (newest !== undefined) return withValidSettings(newest);
  const now = services.now();
  const project: Project = {
    id: services.newId(),
    name: services.names.project(),
    createdAt: now,
    usedAt: now,
    classes: [],
    split: { ...DEFAULT_SPLIT, seed: now % 2 ** 31 },
    fit: 'crop',
    backboneId: BUILT_IN_BACKBONE_ID,
    hyperparameters: DEFAULT_HYPERPARAMETERS,
  };
  await storage.putProject(project);
  return project;
}

/** Settings stored by an older version may lack a knob or hold a value that is no longer allowed. */
function withValidSettings(project: Project): Project {
  const merged = { ...DEFAULT_HYPERPARAMETERS, ...project.hyperparameters };
  const check = validateHyperparameters(merged);
  return { ...project, hyperparameters: check.ok ? check.value : DEFAULT_HYPERPARAMETERS };
}

async function showLastRun({ store, services, tools }: App, project: Project): Promise<void> {
  const { storage, metricLog } = services;
  const list = [...(await storage.listRunSummaries(project.id))].sort(
    (a, b) => a.startedAt - b.startedAt,
  );
  store.setState({ runs: { ...store.getState().runs, list } });
  const [newest, before] = [list.at(-1), list.at(-2)];
  const run = newest === undefined ? null : await storage.getRun(newest.id);
  if (run === null) return;
  metricLog.reset(run.metrics);
  tools.timeline.open(run, await storage.getHeadHistory(run.id));
  const { training } = store.getState();
  store.setState({
    currentRun: run,
    previousRun: before === undefined ? null : await storage.getRun(before.id),
    training: { ...training, status: 'finished', epoch: run.metrics.length, runId: run.id },
  });
}

function watchEngine({ store, services }: App): void {
  services.engine.subscribe((notice) => {
    const state = store.getState();
    if (notice.type === 'worker-restarted') {
      state.notify({
        tone: 'warning',
        messageKey: 'shell.worker-restarted',
        params: { role: notice.role },
      });
      return;
    }
    const { inUse } = state.backends;
    if (inUse !== null) {
      store.setState({
        backends: { ...state.backends, inUse: { ...inUse, [notice.role]: notice.to } },
      });
    }
    state.notify({
      tone: 'warning',
      messageKey: 'shell.backend-fell-back',
      params: { role: notice.role, from: notice.from, to: notice.to },
    });
  });
}

/** The survey uses every core for a while: only when nothing else is going on. */
function surveyWhenIdle({ store }: App): void {
  const timer = setInterval(() => {
    const { intake, embedding, training, surveyBackends } = store.getState();
    const busy =
      intake !== null ||
      embedding !== null ||
      ['preparing', 'running', 'paused'].includes(training.status);
    if (busy) return;
    clearInterval(timer);
    void surveyBackends();
  }, SURVEY_IDLE_MS);
}
