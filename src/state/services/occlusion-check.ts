/** Hides parts of one picture, asks the model each time, and says what its answer rests on. */
import { headProbabilities } from '../../domain/head-forward.ts';
import type { HeadWeights } from '../../domain/head.ts';
import {
  answerOf,
  dropMap,
  hideCells,
  markedCells,
  meanColour,
  occlusionVerdict,
  patchCells,
  PATCH_COUNT,
  type OcclusionResult,
} from '../../domain/occlusion.ts';
import type { Engine } from '../../engine/engine.ts';

/** Small enough for a cancel to be felt and a live prediction to get its turn. */
const BATCH_PATCHES = 7;

export interface OcclusionRequest {
  /** RGB bytes [size, size, 3]. */
  readonly pixels: Uint8Array;
  readonly head: HeadWeights;
  /** As predictions are made with. */
  readonly temperature: number;
  /** Of the picture as it is, [dim]. */
  readonly embedding: Float32Array;
}

/** @throws EngineError, 'aborted' when cancelled. */
export async function checkOcclusion(
  engine: Pick<Engine, 'embed'>,
  { pixels, head, temperature, embedding }: OcclusionRequest,
  onProgress: (done: number, total: number) => void,
  signal?: AbortSignal,
): Promise<OcclusionResult> {
  const size = Math.round(Math.sqrt(pixels.length / 3));
  const colour = meanColour(pixels);
  const before = headProbabilities(head, embedding, 1, temperature);
  const { classIndex } = answerOf(before);
  const drops: number[] = [];
  for (let done = 0; done < PATCH_COUNT; done += BATCH_PATCHES) {
    onProgress(done, PATCH_COUNT + 1);
    const count = Math.min(BATCH_PATCHES, PATCH_COUNT - done);
    const batch = new Uint8Array(count * pixels.length);
    for (let i = 0; i < count; i++) {
      hideCells(pixels, size, patchCells(done + i), colour, batch, i * pixels.length);
    }
    const embeddings = await engine.embed(batch, count, signal);
    const hidden = headProbabilities(head, embeddings, count, temperature);
    for (let i = 0; i < count; i++) {
      drops.push((before[classIndex] ?? 0) - (hidden[i * head.classCount + classIndex] ?? 0));
    }
  }
  onProgress(PATCH_COUNT, PATCH_COUNT + 1);
  const map = dropMap(drops);
  const marked = markedCells(map);
  const one = new Uint8Array(pixels.length);
  hideCells(pixels, size, marked, colour, one);
  const after = headProbabilities(head, await engine.embed(one, 1, signal), 1, temperature);
  const verdict = occlusionVerdict(before, Math.max(...drops), after, marked);
  return { map, marked, verdict };
}
