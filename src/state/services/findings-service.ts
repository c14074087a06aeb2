/**
 * Keeps the findings true to the data while their room is open: looks again after each change, asks
 * the embeddings about near-duplicates, remembers what was dismissed, and measures on demand what the
 * leak would have added to the score. Made by the room that shows it, not by the app: it costs
 * nothing until then.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { dismissalOf, isDismissed, type Dismissal, type Finding } from '../../domain/finding.ts';
import { findInSteps } from '../../domain/findings.ts';
import type { PhotoId } from '../../domain/photo.ts';
import type { TrialVerdict } from '../../domain/split-trials.ts';
import type { App } from '../app-store.ts';
import type { AppState } from '../store-types.ts';
import { findDoubtful } from './near-copy-check.ts';
import { compareSplits } from './split-comparison.ts';

export type Comparison =
  | { readonly status: 'none' }
  | { readonly status: 'running'; readonly done: number; readonly total: number }
  | { readonly status: 'done'; readonly verdict: TrialVerdict; readonly photos: number }
  /** Too few photos to split again and again, or the training worker failed. */
  | { readonly status: 'too-few' | 'failed' };

export interface FindingsState {
  readonly status: 'looking' | 'ready';
  /** Those that were not dismissed, in the order to show them. */
  readonly findings: readonly Finding[];
  readonly dismissed: readonly Finding[];
  /** Photos in any of `findings`. */
  readonly flagged: ReadonlySet<PhotoId>;
  /** Near-duplicates by their hash that the backbone sees as different. */
  readonly doubtful: ReadonlySet<PhotoId>;
  readonly comparison: Comparison;
}

export interface FindingsService {
  readonly store: StoreApi<FindingsState>;
  /** Looks now and after every change; returns what ends it. */
  start(): () => void;
  dismiss(finding: Finding): void;
  restoreDismissed(): void;
  compare(): Promise<void>;
  cancelComparison(): void;
}

/** Photos come in dozens a second; one look for what arrived meanwhile. */
const SETTLE_MS = 300;
/** A look may take this share of the time at most. */
const WORK_SHARE = 0.05;
const NOTHING: ReadonlySet<PhotoId> = new Set();
const NO_COMPARISON: Comparison = { status: 'none' };

type Dismissals = Readonly<Record<string, Dismissal>>;

export function createFindingsService(app: Pick<App, 'store' | 'services' | 'tools'>) {
  const { services, tools } = app;
  const store = createStore<FindingsState>()(() => ({
    status: 'looking',
    findings: [],
    dismissed: [],
    flagged: NOTHING,
    doubtful: NOTHING,
    comparison: NO_COMPARISON,
  }));
  let dismissals: Dismissals = {};
  let timer: ReturnType<typeof setTimeout> | null = null;
  let lastLookMs = 0;
  let lookTicket = 0;
  let seen: AppState['photos'] | null = null;
  let doubtAbout: AppState['photos'] | null = null;
  let abort: AbortController | null = null;

  const settingKey = (): string => `findings-dismissed/${app.store.getState().projectId}`;

  /** Step by step; a look that was overtaken by a change is given up for the next one. */
  async function look(): Promise<void> {
    timer = null;
    const ticket = ++lookTicket;
    const { classes, photos, split } = app.store.getState();
    const steps = findInSteps({ classes, photos, validationShare: split.validationShare });
    let workMs = 0;
    for (;;) {
      const started = performance.now();
      const step = steps.next();
      workMs += performance.now() - started;
      if (step.done === true) {
        lastLookMs = workMs;
        publish(step.value, photos);
        return;
      }
      await new Promise((resolve) => setTimeout(resolve));
      if (ticket !== lookTicket) return;
    }
  }

  function publish(all: readonly Finding[], photos: AppState['photos']): void {
    const isOut = (finding: Finding): boolean =>
      isDismissed(finding, photos, dismissals[finding.id]);
    const findings = all.filter((finding) => !isOut(finding));
    store.setState({
      status: 'ready',
      findings,
      dismissed: all.filter(isOut),
      flagged: new Set(findings.flatMap((finding) => finding.photoIds)),
      // A comparison of other photos says nothing about these.
      ...(seen === photos || abort !== null ? {} : { comparison: NO_COMPARISON }),
    });
    seen = photos;
    void askEmbeddings();
  }

  function lookSoon(): void {
    timer ??= setTimeout(() => void look(), Math.max(SETTLE_MS, lastLookMs / WORK_SHARE));
  }

  async function askEmbeddings(): Promise<void> {
    const state = app.store.getState();
    const near = store.getState().findings.find((finding) => finding.kind === 'near-copies');
    const isBusy = state.unembedded > 0 || state.embedding !== null || state.intake !== null;
    if (near === undefined || isBusy || doubtAbout === state.photos) return;
    doubtAbout = state.photos;
    try {
      const doubtful = await findDoubtful(near, state, tools.embedder);
      if (app.store.getState().photos === doubtAbout) store.setState({ doubtful });
    } catch {
      // Without embeddings the hash alone decides.
      doubtAbout = null;
    }
  }

  async function readDismissals(): Promise<void> {
    dismissals = {};
    const kept = await services.storage.getSetting(settingKey()).catch(() => null);
    if (isDismissals(kept)) dismissals = kept;
  }

  function keepDismissals(next: Dismissals): void {
    dismissals = next;
    void services.storage.putSetting(settingKey(), next).catch(() => undefined);
    void look();
  }

  const service: FindingsService = {
    store,
    start() {
      let isOver = false;
      void readDismissals().then(() => {
        if (!isOver) void look();
      });
      const unsubscribe = app.store.subscribe((state, before) => {
        const changed =
          state.photos !== before.photos ||
          state.classes !== before.classes ||
          state.split !== before.split;
        if (state.projectId !== before.projectId) void readDismissals().then(lookSoon);
        else if (changed) lookSoon();
        else if (state.unembedded !== before.unembedded) void askEmbeddings();
      });
      return () => {
        isOver = true;
        lookTicket += 1;
        unsubscribe();
        abort?.abort();
        if (timer !== null) clearTimeout(timer);
        timer = null;
      };
    },
    dismiss(finding) {
      const { photos } = app.store.getState();
      keepDismissals({ ...dismissals, [finding.id]: dismissalOf(finding, photos) });
    },
    restoreDismissed() {
      keepDismissals({});
    },
    async compare() {
      if (abort !== null) return;
      const own = new AbortController();
      abort = own;
      const show = (comparison: Comparison): void => {
        if (!own.signal.aborted) store.setState({ comparison });
      };
      const comparison = await compareSplits(app, own.signal, show);
      store.setState({ comparison });
      abort = null;
    },
    cancelComparison() {
      abort?.abort();
    },
  };
  return service;
}

/** What an older version or a hand wrote is passed over. */
function isDismissals(value: unknown): value is Dismissals {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every(
    (each: unknown) =>
      typeof each === 'object' &&
      each !== null &&
      'photos' in each &&
      'newestAt' in each &&
      typeof each.photos === 'number' &&
      typeof each.newestAt === 'number',
  );
}
