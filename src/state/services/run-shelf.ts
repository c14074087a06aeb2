/**
 * What a person does with the runs kept: name, pin, delete and bring back, put one on screen, take
 * over its settings, train it once more. Also clears away old ones after each run.
 */
import { validateHyperparameters, withDefaults } from '../../domain/hyperparameter-specs.ts';
import type { HeadHistory } from '../../domain/head-history.ts';
import { planPruning } from '../../domain/run-pruning.ts';
import type { Run, RunId } from '../../domain/run.ts';
import { summariseRun, type RunSummary } from '../../domain/run-summary.ts';
import { MAX_CHOSEN_RUNS, type RunsSlice } from '../runs-state.ts';
import type { SliceTools } from '../slice-tools.ts';
import { repeatRun } from './repeat-run.ts';

export interface RunShelf {
  /** A run that has just been stored; clears away what has become too old. */
  add(run: Run, hasHistory: boolean): Promise<void>;
  /** An empty name is not taken over. */
  rename(id: RunId, name: string): Promise<void>;
  pin(id: RunId, pinned: boolean): Promise<void>;
  /** The last one deleted can be brought back while the page is open. */
  remove(id: RunId): Promise<void>;
  bringBack(): Promise<void>;
  forgetDeleted(): void;
  /** Lays a run over the others, or takes it away. More than MAX_CHOSEN_RUNS are not taken. */
  choose(id: RunId, isChosen: boolean): void;
  /** Puts it on screen, with its heads as far as they are kept. False while another run trains. */
  open(id: RunId): Promise<boolean>;
  /** False when they are out of range, as settings of an earlier version may be. */
  takeSettings(id: RunId): boolean;
  /** Trains once more with everything as it was and compares; the outcome is in `runs.repeat`. */
  repeat(id: RunId): Promise<void>;
  forgetRepeat(): void;
}

const MAX_NAME_LENGTH = 80;
const BUSY: ReadonlySet<string> = new Set(['preparing', 'running', 'paused']);

export function createRunShelf(tools: SliceTools): RunShelf {
  const { get, set, services, timeline, editor } = tools;
  const { storage, metricLog } = services;
  let deleted: { run: Run; history: HeadHistory | null; wasOnScreen: boolean } | null = null;

  function patch(runs: Partial<RunsSlice['runs']>): void {
    set({ runs: { ...get().runs, ...runs } });
  }

  function setList(list: readonly RunSummary[]): void {
    const known = new Set(list.map((run) => run.id));
    const chosen = get().runs.chosen.filter((id) => known.has(id));
    patch({ list: [...list].sort((a, b) => a.startedAt - b.startedAt), chosen });
  }

  function summaryOf(id: RunId): RunSummary | undefined {
    return get().runs.list.find((run) => run.id === id);
  }

  /** Another tab has the project: what is changed here would be lost, or undo what is done there. */
  function isReader(): boolean {
    return get().tab.role === 'reader';
  }

  function reportFailure(): void {
    get().notify({ tone: 'warning', messageKey: 'storage.edit-not-saved', params: {} });
  }

  async function change(id: RunId, values: Partial<Pick<Run, 'name' | 'named' | 'pinned'>>) {
    if (isReader()) return;
    const { runs, currentRun, previousRun } = get();
    setList(runs.list.map((run) => (run.id === id ? { ...run, ...values } : run)));
    // The runs on screen are the same ones.
    if (currentRun?.id === id) set({ currentRun: { ...currentRun, ...values } });
    if (previousRun?.id === id) set({ previousRun: { ...previousRun, ...values } });
    await storage.changeRun(id, values).catch(reportFailure);
  }

  async function prune(): Promise<void> {
    const { runs, currentRun, previousRun } = get();
    const onScreen = new Set([currentRun?.id, previousRun?.id].filter((id) => id !== undefined));
    const plan = planPruning(runs.list, onScreen);
    for (const id of plan.remove) await storage.deleteRun(id);
    for (const id of plan.dropHistory) await storage.dropHeadHistory(id);
    const [gone, light] = [new Set(plan.remove), new Set(plan.dropHistory)];
    if (gone.size + light.size === 0) return;
    setList(
      get()
        .runs.list.filter((run) => !gone.has(run.id))
        .map((run) => (light.has(run.id) ? { ...run, hasHistory: false } : run)),
    );
  }

  function show(run: Run, history: HeadHistory | null): void {
    const { currentRun, training } = get();
    metricLog.reset(run.metrics);
    timeline.open(run, history);
    set({
      currentRun: run,
      // What was on screen stays as the ghost to compare with.
      previousRun: currentRun === null || currentRun.id === run.id ? get().previousRun : currentRun,
      training: {
        ...training,
        status: 'finished',
        runId: run.id,
        epoch: run.metrics.length,
        epochs: run.metrics.length,
        etaMs: null,
        errorCode: null,
      },
    });
  }

  function clearScreen(): void {
    const { training } = get();
    metricLog.reset();
    set({
      currentRun: null,
      previousRun: null,
      runIsStale: false,
      training: { ...training, status: 'idle', runId: null, epoch: 0, epochs: 0, etaMs: null },
    });
  }

  function takeSettings(run: Pick<Run, 'hyperparameters'>): boolean {
    const check = validateHyperparameters(withDefaults(run.hyperparameters));
    if (!check.ok) return false;
    set({ hyperparameters: check.value });
    editor.saveProject();
    return true;
  }

  return {
    async add(run, hasHistory) {
      const list = get().runs.list.filter((other) => other.id !== run.id);
      setList([...list, summariseRun(run, hasHistory)]);
      await prune();
    },
    async rename(id, name) {
      const trimmed = name.trim().slice(0, MAX_NAME_LENGTH);
      if (trimmed !== '') await change(id, { name: trimmed, named: true });
    },
    pin: (id, pinned) => change(id, { pinned }),
    async remove(id) {
      if (isReader()) return;
      const run = await storage.getRun(id);
      const { currentRun, training } = get();
      const wasOnScreen = currentRun?.id === id;
      if (run === null || (wasOnScreen && BUSY.has(training.status))) return;
      deleted = { run, history: await storage.getHeadHistory(id), wasOnScreen };
      try {
        await storage.deleteRun(id);
      } catch {
        reportFailure();
        return;
      }
      setList(get().runs.list.filter((other) => other.id !== id));
      patch({ deleted: { id, name: run.name } });
      if (wasOnScreen) clearScreen();
      if (get().previousRun?.id === id) set({ previousRun: null });
    },
    async bringBack() {
      if (deleted === null || isReader()) return;
      const { run, history, wasOnScreen } = deleted;
      try {
        await storage.putRun(history === null ? run : { ...run, headHistory: history });
      } catch {
        reportFailure();
        return;
      }
      deleted = null;
      patch({ deleted: null });
      setList([...get().runs.list, summariseRun(run, history !== null)]);
      const { currentRun, training } = get();
      if (wasOnScreen && currentRun === null && !BUSY.has(training.status)) show(run, history);
    },
    forgetDeleted() {
      deleted = null;
      patch({ deleted: null });
    },
    choose(id, isChosen) {
      const { chosen } = get().runs;
      if (!isChosen) patch({ chosen: chosen.filter((other) => other !== id) });
      else if (!chosen.includes(id) && chosen.length < MAX_CHOSEN_RUNS) {
        patch({ chosen: [...chosen, id] });
      }
    },
    async open(id) {
      const run = await storage.getRun(id);
      const history = run === null ? null : await storage.getHeadHistory(id);
      if (run === null || BUSY.has(get().training.status)) return false;
      if (get().currentRun?.id !== id) show(run, history);
      return true;
    },
    takeSettings(id) {
      const run = summaryOf(id);
      return run !== undefined && !isReader() && takeSettings(run);
    },
    async repeat(id) {
      if (isReader()) return;
      await repeatRun(tools, id, {
        takeSettings,
        report: (repeat) => {
          patch({ repeat });
        },
        keep: async (runId, repeats) => {
          const list = get().runs.list.map((run) => (run.id === runId ? { ...run, repeats } : run));
          setList(list);
          const { currentRun } = get();
          if (currentRun?.id === runId) set({ currentRun: { ...currentRun, repeats } });
          await storage.changeRun(runId, { repeats }).catch(reportFailure);
        },
      });
    },
    forgetRepeat() {
      if (get().runs.repeat.status !== 'running') patch({ repeat: { status: 'none' } });
    },
  };
}
