/**
 * The epochs of the run on screen, outside the store: the head of each, the embeddings of its
 * validation photos, and what each head answers about them. Read while a slider is dragged, so every
 * answer is computed once and kept.
 */
import { answersOf, type EpochAnswers } from '../../domain/epoch-answers.ts';
import { fitTemperature } from '../../domain/calibration.ts';
import { headLogits, headProbabilities } from '../../domain/head-forward.ts';
import {
  headOfEpoch,
  isHeadHistory,
  nearestKeptEpoch,
  type HeadHistory,
} from '../../domain/head-history.ts';
import type { HeadWeights } from '../../domain/head.ts';
import type { Photo } from '../../domain/photo.ts';
import type { Run, RunId } from '../../domain/run.ts';
import { stoppingOf } from '../../domain/stopping-rule.ts';
import type { StoreAccess } from '../slice-tools.ts';
import type { LabSlice } from '../store-types.ts';
import type { AppServices } from './app-services.ts';
import type { Embedder } from './embedder.ts';

export interface HeadInUse {
  readonly runId: RunId;
  readonly epoch: number;
  readonly head: HeadWeights;
}

export interface Timeline {
  /** Before the run is put into the store. A history that does not fit the run is left aside. */
  open(run: Run, history: HeadHistory | null): void;
  /** The head of the chosen epoch, or of the one that the early-stopping settings choose. */
  headInUse(): HeadInUse | null;
  /** The head of a kept epoch of the run on screen; null when it is not here. */
  headAt(epoch: number): HeadWeights | null;
  /** That of the settings alone, whatever epoch is looked at: the model that is judged and exported. */
  headOfRule(): HeadInUse | null;
  /**
   * Divides the logits of that epoch's head, so that it is as sure as it is right on the validation
   * photos; 1 when there are too few of them.
   */
  temperature(epoch: number): number;
  /** Moves the epoch in use to where the settings of now put it. */
  applyRule(): void;
  /** Reads the embeddings of the run's validation photos, unless they are there already. */
  readValidation(): Promise<void>;
  /** Row by row what `answers` speaks about. */
  readonly validationPhotos: readonly Photo[];
  /** What that epoch's head says; null when head or photos are not here. About 5 ms, then kept. */
  answers(epoch: number): EpochAnswers | null;
}

interface Validation {
  /** What it was read for: equal keys, equal rows. */
  readonly key: string;
  readonly source: ReadonlyMap<string, Photo>;
  readonly photos: readonly Photo[];
  /** [photos.length, dim] */
  readonly embeddings: Float32Array;
  readonly labels: Int32Array;
}

export function createTimeline({
  get,
  set,
  services,
  embedder,
}: StoreAccess & { services: AppServices; embedder: Embedder }): Timeline {
  let run: Run | null = null;
  let history: HeadHistory | null = null;
  /** Heads fetched one by one, because the history was thinned. */
  let fetched = new Map<number, HeadWeights>();
  let validation: Validation | null = null;
  let computed = new Map<number, EpochAnswers>();
  let temperatures = new Map<number, number | null>();
  let readTicket = 0;

  function patch(lab: Partial<LabSlice['lab']>): void {
    set({ lab: { ...get().lab, ...lab } });
  }

  function headAt(epoch: number): HeadWeights | null {
    if (run === null) return null;
    if (epoch === run.bestEpoch) return run.head;
    return (history === null ? null : headOfEpoch(history, epoch)) ?? fetched.get(epoch) ?? null;
  }

  function headFor(epoch: number | null): HeadInUse | null {
    const head = epoch === null ? null : headAt(epoch);
    return run === null || epoch === null || head === null ? null : { runId: run.id, epoch, head };
  }

  function keptEpochs(): readonly number[] {
    if (run === null) return [];
    const epochs = new Set([...(history?.epochs ?? []), ...fetched.keys(), run.bestEpoch]);
    return [...epochs].sort((a, b) => a - b);
  }

  /** The history holds every epoch that any patience can choose, unless it had to be thinned. */
  async function fetchExact(of: Run, epoch: number): Promise<void> {
    const head = await services.engine.checkpoint(of.id, epoch).catch(() => null);
    if (head === null || run?.id !== of.id || fetched.has(epoch)) return;
    fetched.set(epoch, head);
    patch({ keptEpochs: keptEpochs() });
    applyRule();
  }

  function applyRule(): void {
    if (run === null) return;
    const { lab, hyperparameters } = get();
    const wanted = stoppingOf(run.metrics, hyperparameters).bestEpoch;
    // A run without a finished epoch has only its untrained head, epoch 0.
    const ruleEpoch = nearestKeptEpoch(lab.keptEpochs, wanted) ?? run.bestEpoch;
    if (ruleEpoch !== lab.ruleEpoch) {
      patch({ ruleEpoch });
      keepCalibration(run);
    }
    if (ruleEpoch !== wanted && wanted > 0) void fetchExact(run, wanted);
  }

  function validationOf(of: Run): { key: string; photos: readonly Photo[] } {
    const { photos } = get();
    const known = new Set(of.classes.map((info) => info.id));
    const rows = of.validationIds
      .map((id) => photos.get(id))
      .filter((photo) => photo !== undefined && known.has(photo.classId));
    const classes = of.classes.map((info) => info.id).join(' ');
    const key = `${of.backboneSha256} ${of.fit} ${classes} ${of.validationIds.join(' ')}`;
    return { key, photos: rows as readonly Photo[] };
  }

  function canAsk(of: Run): boolean {
    const { backboneStatus, fit } = get();
    return (
      backboneStatus.kind === 'ready' &&
      backboneStatus.backboneId === of.backboneId &&
      embedder.source?.weightsSha256 === of.backboneSha256 &&
      fit === of.fit
    );
  }

  function forget(status: LabSlice['lab']['validation']): void {
    validation = null;
    computed = new Map();
    temperatures = new Map();
    if (get().lab.validation !== status) patch({ validation: status });
  }

  /** Null: too few photos, or none at hand. About as long as `answers`, then kept. */
  function fittedTemperature(epoch: number): number | null {
    const known = temperatures.get(epoch);
    if (known !== undefined) return known;
    const head = headAt(epoch);
    if (head === null || validation === null) return null;
    const { embeddings, labels } = validation;
    if (embeddings.length !== labels.length * head.inputDim) return null;
    const logits = headLogits(head, embeddings, labels.length);
    const fitted = fitTemperature(logits, labels, head.classCount);
    temperatures.set(epoch, fitted);
    return fitted;
  }

  function temperature(epoch: number): number {
    const stored = run?.calibration?.epoch === epoch ? run.calibration.temperature : 1;
    return validation === null ? stored : (fittedTemperature(epoch) ?? 1);
  }

  /** Stored with the run, for when its validation photos cannot be asked, and for exports. */
  function keepCalibration(of: Run): void {
    const epoch = get().lab.ruleEpoch;
    const value = epoch === null ? null : fittedTemperature(epoch);
    const { currentRun } = get();
    if (epoch === null || value === null || currentRun?.id !== of.id || run?.id !== of.id) return;
    const photos = validation?.labels.length ?? 0;
    const before = currentRun.calibration;
    if (before?.epoch === epoch && before.temperature === value && before.photos === photos) return;
    const calibration = { epoch, temperature: value, photos };
    run = { ...run, calibration };
    set({ currentRun: { ...currentRun, calibration } });
    // A full storage loses nothing but this: it is fitted anew from the photos.
    services.storage.changeRun(of.id, { calibration }).catch(() => undefined);
  }

  async function readValidation(): Promise<void> {
    const mine = ++readTicket;
    const of = run;
    if (of === null) return;
    if (of.validationIds.length === 0) {
      forget('none');
      return;
    }
    const source = get().photos;
    const { key, photos } = validationOf(of);
    if (validation?.key === key && validation.source === source && canAsk(of)) {
      if (get().lab.validation !== 'ready') patch({ validation: 'ready' });
      return;
    }
    if (!canAsk(of) || photos.length === 0) {
      forget('unavailable');
      return;
    }
    if (get().lab.validation !== 'ready') patch({ validation: 'loading' });
    try {
      const embeddings = await embedder.read(photos);
      if (mine !== readTicket) return;
      const indexOf = new Map(of.classes.map((info, i) => [info.id, i]));
      const labels = Int32Array.from(photos, (photo) => indexOf.get(photo.classId) ?? 0);
      validation = { key, source, photos, embeddings, labels };
      computed = new Map();
      temperatures = new Map();
      keepCalibration(of);
      const { validationRevision } = get().lab;
      patch({ validation: 'ready', validationRevision: validationRevision + 1 });
    } catch {
      // A photo is not embedded yet, or its embedding is gone: asked again when that changes.
      if (mine === readTicket) forget('unavailable');
    }
  }

  return {
    open(next, heads) {
      run = next;
      history =
        heads !== null && isHeadHistory(heads) && heads.classCount === next.classes.length
          ? heads
          : null;
      fetched = new Map();
      computed = new Map();
      temperatures = new Map();
      patch({ keptEpochs: keptEpochs(), ruleEpoch: null, chosenEpoch: null, isPlaying: false });
      applyRule();
    },
    headInUse() {
      const { chosenEpoch, ruleEpoch } = get().lab;
      return headFor(chosenEpoch ?? ruleEpoch);
    },
    headAt,
    headOfRule: () => headFor(get().lab.ruleEpoch),
    temperature,
    applyRule,
    readValidation,
    get validationPhotos() {
      return validation?.photos ?? [];
    },
    answers(epoch) {
      const known = computed.get(epoch);
      if (known !== undefined) return known;
      const head = headAt(epoch);
      if (head === null || validation === null) return null;
      const { embeddings, labels } = validation;
      if (embeddings.length !== labels.length * head.inputDim) return null;
      const probabilities = headProbabilities(head, embeddings, labels.length, temperature(epoch));
      const answers = answersOf(epoch, probabilities, labels, head.classCount);
      computed.set(epoch, answers);
      return answers;
    },
  };
}
