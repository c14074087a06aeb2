/** Brings a model that was looked into onto the screen: its backbone, its classes, a run with its head. */
import type { BackboneArtifacts, BackboneCard } from '../../../domain/backbone-card.ts';
import { isClassNameTaken } from '../../../domain/class-names.ts';
import type { ClassInfo } from '../../../domain/photo.ts';
import type { Run } from '../../../domain/run.ts';
import type { AnswerLimits } from '../../../domain/said-or-not.ts';
import { THRESHOLD_RANGE } from '../../../domain/try-settings.ts';
import type { SliceTools } from '../../slice-tools.ts';
import { collectTrainingRows } from '../training-rows.ts';
import type { ReadModel } from './read-model.ts';

export type OpenRefusal = 'backbone-missing' | 'backbone-differs' | 'backbone-failed';

/** Why it could not be opened, or null. The dataset changes only when everything else has worked. */
export async function openModel(tools: SliceTools, model: ReadModel): Promise<OpenRefusal | null> {
  const refusal = await bringBackbone(tools, model);
  if (refusal !== null) return refusal;
  const { get, set, services, timeline, backbones } = tools;
  const { card, artifacts } = backbones.loaded() as NonNullable<
    ReturnType<typeof backbones.loaded>
  >;
  const { preview, head } = model;
  // Photos that are here already keep the way in which they are fitted.
  if (get().photos.size === 0 && get().fit !== preview.fit) get().setFit(preview.fit);
  const classes = takeClasses(tools, preview.classes);
  const state = get();
  const rows = collectTrainingRows(state.classes, state.photos);
  const run: Run = {
    id: services.newId(),
    projectId: state.projectId,
    name: preview.name,
    named: true,
    pinned: false,
    startedAt: services.now(),
    end: 'completed',
    hyperparameters: {
      ...state.hyperparameters,
      hiddenUnits: head.hiddenUnits,
      standardise: head.standardisation !== null,
    },
    classes,
    fit: preview.fit,
    backboneId: card.id,
    backboneSha256: artifacts.weightsSha256,
    backend: state.backends.inUse?.head ?? 'cpu',
    appVersion: services.appVersion,
    dataFingerprint: rows.fingerprint,
    trainIds: [],
    validationIds: [],
    metrics: [],
    bestEpoch: 0,
    stoppedEpoch: null,
    elapsedMs: 0,
    head,
    calibration: { epoch: 0, temperature: model.temperature, photos: 0 },
    opened: { from: preview.kind },
  };
  timeline.open(run, null);
  services.metricLog.reset();
  const training = { ...state.training, status: 'finished', runId: run.id, epoch: 0 } as const;
  set({
    currentRun: run,
    previousRun: null,
    runIsStale: false,
    training,
    hyperparameters: run.hyperparameters,
  });
  if (preview.limits !== null) takeLimits(tools, classes, preview.limits);
  await keep(tools, run);
  return null;
}

/** It withholds an answer where it did when it was saved; other classes keep their thresholds. */
function takeLimits(
  { get }: SliceTools,
  classes: readonly ClassInfo[],
  { abstainBelow, thresholds }: AnswerLimits,
): void {
  const own = new Set(classes.map(({ id }) => id));
  const others = Object.entries(get().trySettings.thresholds).filter(([id]) => !own.has(id));
  const limits = classes.map(({ id }, index): [string, number] => [
    id,
    Math.min(thresholds?.[index] ?? 0, THRESHOLD_RANGE.max),
  ]);
  const set = limits.filter(([, threshold]) => threshold > 0);
  get().setTrySettings({ thresholds: Object.fromEntries([...others, ...set]) });
  get().setAbstention({ isOn: abstainBelow !== null, confidenceFloor: abstainBelow });
}

async function keep({ services, get, runShelf }: SliceTools, run: Run): Promise<void> {
  try {
    await services.storage.putRun(run);
    await (await runShelf()).add(run, false);
  } catch {
    get().notify({ tone: 'warning', messageKey: 'storage.run-not-saved', params: {} });
  }
}

/** Classes of the project by name; those that are missing are added, empty. */
function takeClasses({ get }: SliceTools, names: readonly string[]): readonly ClassInfo[] {
  return names.map((name) => {
    const known = get().classes.find((info) => isClassNameTaken([info], name));
    const id = known?.id ?? get().addClass(name);
    const info = get().classes.find((one) => one.id === id);
    if (info === undefined) throw new Error(`class "${name}" was not added`);
    return info;
  });
}

async function bringBackbone(
  tools: SliceTools,
  { backbone }: ReadModel,
): Promise<OpenRefusal | null> {
  const { get, backbones } = tools;
  if (backbone.kind === 'inside') await keepBackbone(tools, backbone.card, backbone.artifacts);
  const id = backbone.kind === 'inside' ? backbone.card.id : backbone.id;
  if (!get().availableBackbones.has(id)) return 'backbone-missing';
  const before = backbones.loaded()?.card.id ?? null;
  const status = get().backboneStatus;
  const isLoaded = before === id && status.kind === 'ready';
  if (!isLoaded) await backbones.load(id);
  const loaded = backbones.loaded();
  const wanted =
    backbone.kind === 'inside' ? backbone.artifacts.weightsSha256 : backbone.weightsSha256;
  const refusal: OpenRefusal | null =
    get().backboneStatus.kind !== 'ready' || loaded?.card.id !== id
      ? 'backbone-failed'
      : loaded.artifacts.weightsSha256 !== wanted
        ? 'backbone-differs'
        : null;
  if (refusal !== null && !isLoaded && before !== null) await backbones.load(before);
  return refusal;
}

const CHUNK_BYTES = 4 * 2 ** 20;

/** Into the model store, as a download would have put it there. */
async function keepBackbone(
  { services, backbones }: SliceTools,
  card: BackboneCard,
  artifacts: BackboneArtifacts,
): Promise<void> {
  const { modelStore } = services;
  const contents = [
    new TextEncoder().encode(JSON.stringify(artifacts.modelJson)),
    new Uint8Array(artifacts.weights),
  ];
  const stored = (await modelStore.list()).get(card.id) ?? [];
  for (const [i, file] of card.files.entries()) {
    const bytes = contents[i];
    const known = stored.find((one) => one.path === file.path);
    if (bytes === undefined || file.sha256 === null || known?.sha256 === file.sha256) continue;
    if (known !== undefined) await modelStore.removeFile(card.id, file.path);
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      const chunk = bytes.slice(at, at + CHUNK_BYTES);
      await modelStore.appendChunk(card.id, file.path, at, bytes.length, chunk);
    }
    await modelStore.markComplete(card.id, file.path, file.sha256);
  }
  await backbones.addFromFile(card);
}
