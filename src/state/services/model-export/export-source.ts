/** What an export is made from, gathered at one moment: head, backbone, names, figures, golden answers. */
import type { BackboneArtifacts, BackboneCard } from '../../../domain/backbone-card.ts';
import { GOLDEN_COUNT, goldenPixels } from '../../../domain/golden-images.ts';
import type { HeadWeights } from '../../../domain/head.ts';
import {
  answerEmbeddings,
  describePipeline,
  type AnswerSettings,
} from '../../../domain/prediction-pipeline.ts';
import { isMadeOn } from '../../../domain/run-backbone.ts';
import type { Run } from '../../../domain/run.ts';
import type { ExportFacts } from '../../../formats/model/export-facts.ts';
import type { SliceTools } from '../../slice-tools.ts';
import { answerLimits } from './answer-limits.ts';
import type { AppState } from '../../store-types.ts';

export interface ExportSource {
  readonly run: Run;
  readonly epoch: number;
  readonly head: HeadWeights;
  readonly card: BackboneCard;
  readonly artifacts: BackboneArtifacts;
  readonly settings: AnswerSettings;
  readonly facts: ExportFacts;
  /** Golden pictures, then photos of the person's validation side: RGB bytes. They stay here. */
  readonly pixels: Uint8Array;
  readonly pictureCount: number;
  readonly ownPhotos: number;
  /** What the screen says about `pixels`: [picture][class] row-major. */
  readonly onScreen: Float32Array;
}

/** Own photos that take part in the comparison; they never leave. */
const OWN_PHOTOS = 8;

/** Names as they are now: renaming a class after training must reach the export. */
export function currentClassNames(run: Run, state: Pick<AppState, 'classes'>): readonly string[] {
  const now = new Map(state.classes.map((info) => [info.id, info.name]));
  return run.classes.map((info) => now.get(info.id) ?? info.name);
}

/** Null when there is no model that could leave. */
export async function gatherExportSource(
  tools: SliceTools,
  signal: AbortSignal,
): Promise<ExportSource | null> {
  const { get, services, timeline, backbones } = tools;
  // Read with the try-out panel, which may not have been shown yet.
  await get().loadTrySettings();
  const state = get();
  const { currentRun: run } = state;
  const loaded = backbones.loaded();
  if (run === null || loaded === null) return null;
  const { card, artifacts } = loaded;
  const { weightsSha256 } = artifacts;
  if (!isMadeOn(run, { backboneId: card.id, weightsSha256 })) return null;
  const inUse = timeline.headInUse();
  const { epoch, head } =
    inUse?.runId === run.id ? inUse : { epoch: run.bestEpoch, head: run.head };
  const { pixels, ownPhotos } = await gatherPixels(tools, run, card.inputSize, signal);
  const pictureCount = GOLDEN_COUNT + ownPhotos;
  const embeddings = await services.engine.embed(pixels.slice(), pictureCount, signal);
  const settings = answerSettings(tools, run, epoch);
  const onScreen = answerEmbeddings(head, embeddings, pictureCount, settings);
  const classNames = currentClassNames(run, state);
  const pipeline = describePipeline({
    ...settings,
    card,
    weightsSha256,
    fit: run.fit,
    head,
    classNames,
    keepsPhotos: keepsPhotos(run),
  });
  const golden = Array.from({ length: GOLDEN_COUNT }, (_, i) =>
    Array.from(onScreen.subarray(i * head.classCount, (i + 1) * head.classCount)),
  );
  const facts: ExportFacts = {
    projectName: state.projectName,
    appVersion: services.appVersion,
    date: new Date(services.now()).toISOString().slice(0, 10),
    pipeline,
    backboneLicence: card.licence,
    backbonePublisher: card.source.publisher,
    training: trainingFacts(run, epoch, state),
    golden,
  };
  return {
    run,
    epoch,
    head,
    card,
    artifacts,
    settings,
    facts,
    pixels,
    pictureCount,
    ownPhotos,
    onScreen,
  };
}

/** As the try-out panel answers now: its temperature, and how sure it has to be to say something. */
function answerSettings({ get, timeline }: SliceTools, run: Run, epoch: number): AnswerSettings {
  return { temperature: timeline.temperature(epoch), ...answerLimits(get(), run) };
}

/** A model of Teachable Machine never saw photos as Headstart keeps them. */
function keepsPhotos(run: Run): boolean {
  return run.opened?.from !== 'teachable-machine';
}

async function gatherPixels(
  { get, services }: SliceTools,
  run: Run,
  size: number,
  signal: AbortSignal,
): Promise<{ pixels: Uint8Array; ownPhotos: number }> {
  const { photos } = get();
  const step = Math.max(1, Math.floor(run.validationIds.length / OWN_PHOTOS));
  const ids = run.validationIds.filter((_, i) => i % step === 0).slice(0, OWN_PHOTOS);
  const own: Uint8Array[] = [];
  for (const id of ids) {
    const photo = photos.get(id);
    const image = photo === undefined ? null : await services.storage.getImage(photo.imageHash);
    if (image !== null) own.push(await services.engine.photoPixels(image, size, run.fit, signal));
  }
  const bytes = size * size * 3;
  const pixels = new Uint8Array((GOLDEN_COUNT + own.length) * bytes);
  for (let i = 0; i < GOLDEN_COUNT; i++) pixels.set(goldenPixels(size, i), i * bytes);
  own.forEach((picture, i) => {
    pixels.set(picture, (GOLDEN_COUNT + i) * bytes);
  });
  return { pixels, ownPhotos: own.length };
}

function trainingFacts(run: Run, epoch: number, { photos }: AppState): ExportFacts['training'] {
  const countIn = (ids: readonly string[], classId: string): number =>
    ids.filter((id) => photos.get(id)?.classId === classId).length;
  const metrics = run.metrics.find((one) => one.epoch === epoch);
  return {
    epochs: run.metrics.length,
    bestEpoch: epoch,
    settings: { ...run.hyperparameters },
    photosPerClass: run.classes.map(({ id }) => ({
      train: countIn(run.trainIds, id),
      validation: countIn(run.validationIds, id),
    })),
    validationAccuracy: metrics?.validationAccuracy ?? null,
  };
}
