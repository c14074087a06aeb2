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
import type { AppServices } from './services/app-services.ts';
import { readOverride } from './services/backend-memory.ts';
import {
  holdSession,
  purgeEndedSessions,
  readDeleted,
  showOwnDeleted,
  withLock,
} from './services/deleted-projects.ts';
import { watchLiveRetrain } from './services/live-retrain.ts';
import { newProject } from './services/new-project.ts';
import { removeOrphans } from './services/orphans.ts';
import { watchRunStaleness } from './services/run-staleness.ts';
import { refreshStorageUsage } from './services/storage-usage.ts';
import { watchRunSignals } from './services/watch-run-signals.ts';
import { watchTimeline } from './services/watch-timeline.ts';
import type { Theme } from './store-types.ts';

const SURVEY_IDLE_MS = 4_000;
/** Longest wait for photos on their way when another tab asks for the project. */
const INTAKE_END_MS = 5_000;

export interface BootOptions {
  /** Backend asked for in the address (`?backend=wasm`), null otherwise. */
  readonly requestedBackend: string | null;
}

export async function boot(app: App, options: BootOptions): Promise<void> {
  const { store, services, tools } = app;
  const { storage } = services;
  try {
    await restoreTheme(app);
    holdSession(services);
    const project = await openLastProject(app);
    // Reading thousands of records and drawing them are two pieces of work, with a breath in between.
    await new Promise((resolve) => setTimeout(resolve));
    store.setState({ boot: { status: 'ready', error: null } });
    // A full storage must not keep anybody from working with what is there.
    await storage.putSetting('last-project', project.id).catch(() => undefined);
    watchTimeline(app);
    watchRunSignals(app);
    await showLastRun(app, project);
    watchWriter(app);
    watchPageEnd(app);
    watchEngine(app);
    watchRunStaleness(store);
    watchLiveRetrain(store);
    const override = await readOverride(storage, options.requestedBackend);
    await Promise.all([tools.backends.start(override), tools.backbones.discover()]);
    await tools.backbones.loadPreferred(project.backboneId);
    await store.getState().findUnfinishedRun();
    const canvas = await services.engine.checkCanvas().catch(() => null);
    store.setState({ canvasTampered: canvas?.tampered ?? false });
    await (await import('./services/kept-abstention.ts')).restoreAbstention(tools);
    await lookAfterStorage(app);
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

/** Reads the project into the store, as its writer or, where another tab has it, as a reader. */
async function openLastProject(app: App): Promise<Project> {
  const { services, tools } = app;
  // Two tabs that start together must not make a project each.
  const id = await withLock(services.tabs, 'headstart start', () => chooseProject(services));
  await tools.writer.open(id);
  // Read only now: until the lock was given another tab may have written.
  return readProject(app, id);
}

async function readProject({ services, tools }: App, id: string): Promise<Project> {
  const project = await services.storage.getProject(id);
  if (project === null) throw new Error('the project is gone');
  const valid = withValidSettings(project);
  tools.editor.open(valid, await services.storage.listPhotos(id));
  return valid;
}

async function chooseProject({ storage, ...services }: AppServices): Promise<string> {
  const deleted = new Set((await readDeleted(storage)).map(({ id }) => id));
  const lastId = await storage.getSetting('last-project');
  const last = typeof lastId === 'string' ? await storage.getProject(lastId) : null;
  if (last !== null && !deleted.has(last.id)) return last.id;
  const newest = [...(await storage.listProjects())]
    .filter(({ id }) => !deleted.has(id))
    .sort((a, b) => b.usedAt - a.usedAt)[0];
  if (newest !== undefined) return newest.id;
  const project = newProject(services, services.names.project());
  await storage.putProject(project);
  return project.id;
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

/** What this tab does when another one takes the project over, and when it gets it back. */
function watchWriter(app: App): void {
  const { store, tools, services } = app;
  tools.writer.onLetGo = async () => {
    const { cancelIntake, cancelTraining } = store.getState();
    cancelIntake();
    cancelTraining();
    // What was on its way is stored, or taken back where a half of it would be wrong.
    for (
      let waitedMs = 0;
      store.getState().intake !== null && waitedMs < INTAKE_END_MS;
      waitedMs += 50
    )
      await new Promise((resolve) => setTimeout(resolve, 50));
    await tools.editor.flush();
  };
  tools.writer.onGained = async () => {
    const { projectId } = store.getState();
    const isDeleted = (await readDeleted(services.storage)).some(({ id }) => id === projectId);
    const project = isDeleted ? null : await readProject(app, projectId).catch(() => null);
    // The other tab has removed it: start again, with another one.
    if (project === null) services.reload();
    else {
      await showLastRun(app, project);
      void tools.embedder.ensure();
      // After the tab has become the writer.
      setTimeout(() => void store.getState().findUnfinishedRun());
    }
  };
}

/** A page in the background may be ended without another word. */
function watchPageEnd({ tools }: App): void {
  const flush = (): void => void tools.editor.flush();
  // Absent in Node, where tests run.
  const page = globalThis as { document?: Document; addEventListener?: typeof addEventListener };
  page.addEventListener?.('pagehide', flush);
  page.document?.addEventListener('visibilitychange', flush);
}

/** Everything that can wait until the person can work. */
async function lookAfterStorage(app: App): Promise<void> {
  const { storage, tabs } = app.services;
  await showOwnDeleted(app);
  await refreshStorageUsage(app);
  const { notify } = app.store.getState();
  const n = storage.damagedRecords();
  if (n > 0) notify({ tone: 'warning', messageKey: 'storage.damaged', params: { n } });
  const cleanUp = async (): Promise<void> => {
    await purgeEndedSessions(app.services);
    await removeOrphans(storage, tabs);
    await storage.collectGarbage();
  };
  void cleanUp().catch(() => undefined);
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
