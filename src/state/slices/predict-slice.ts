/**
 * Trying the model: a photo or a camera frame goes through the very same steps as a training photo
 * (prepare, fit, resize, backbone) and then through the head of the run on screen.
 */
import { answerEmbeddings } from '../../domain/prediction-pipeline.ts';
import type { HeadWeights } from '../../domain/head.ts';
import type { Run } from '../../domain/run.ts';
import { EngineError } from '../../protocol/errors.ts';
import type { PreparedPhoto } from '../../protocol/intake-messages.ts';
import { MAX_STORED_SIDE_PX } from '../services/stored-size.ts';
import type { SliceTools } from '../slice-tools.ts';
import { createWithholding } from '../services/withholding.ts';
import type { PredictSlice, Prediction } from '../store-types.ts';

type AnswerFields = 'probabilities' | 'classes' | 'runId' | 'epoch' | 'withheld';

export function createPredictSlice(tools: SliceTools): PredictSlice {
  const { get, set, services, timeline, closeLook } = tools;
  const { engine } = services;
  const withholdingOf = createWithholding(tools);
  /** Bumped by every new photo or frame, so that a slow answer never overwrites a newer one. */
  let ticket = 0;
  let frameInFlight = false;

  function usableRun(): Run | null {
    const { currentRun, backboneStatus } = get();
    if (currentRun === null || backboneStatus.kind !== 'ready') return null;
    return currentRun.backboneId === backboneStatus.backboneId ? currentRun : null;
  }

  function inputSize(run: Run): number | null {
    return get().backbones.find((card) => card.id === run.backboneId)?.inputSize ?? null;
  }

  /** The head of the epoch that is looked at; a run whose other epochs are gone has its best one. */
  function headOf(run: Run): { readonly epoch: number; readonly head: HeadWeights } {
    const inUse = timeline.headInUse();
    return inUse?.runId === run.id ? inUse : { epoch: run.bestEpoch, head: run.head };
  }

  function answer(run: Run, embedding: Float32Array): Pick<Prediction, AnswerFields> {
    const { epoch, head } = headOf(run);
    const temperature = timeline.temperature(epoch);
    const probabilities = Array.from(answerEmbeddings(head, embedding, 1, { temperature }));
    const withheld = withholdingOf(run, embedding, Math.max(...probabilities));
    return { probabilities, classes: run.classes, runId: run.id, epoch, withheld };
  }

  function showImage(blob: Blob | null): void {
    const before = get().predictImageUrl;
    if (before !== null) services.revokeObjectUrl(before);
    set({ predictImageUrl: blob === null ? null : services.createObjectUrl(blob) });
  }

  return {
    prediction: null,
    predictStatus: 'idle',
    predictRefusal: null,
    predictImageUrl: null,

    async predictFile(file, name) {
      const run = usableRun();
      const size = run === null ? null : inputSize(run);
      if (run === null || size === null) return;
      const mine = ++ticket;
      const startedAt = performance.now();
      set({ predictStatus: 'working', predictRefusal: null });
      try {
        const prepared = await engine.preparePhoto(file, MAX_STORED_SIDE_PX);
        if (mine !== ticket) return;
        if (prepared.kind === 'refused') {
          showImage(null);
          const refusal = { fileName: name, code: prepared.code };
          set({
            prediction: null,
            predictStatus: 'refused',
            predictRefusal:
              prepared.params === undefined ? refusal : { ...refusal, params: prepared.params },
          });
          return;
        }
        showImage(prepared.image);
        const pixels = await engine.photoPixels(pictureFor(run, file, prepared), size, run.fit);
        const look = await closeLook.look(pixels, headOf(run).head);
        if (mine !== ticket) return;
        closeLook.show(look);
        const prediction: Prediction = {
          ...answer(run, look.embedding),
          source: 'photo',
          fileName: name,
          elapsedMs: performance.now() - startedAt,
        };
        set({ prediction, predictStatus: 'idle' });
      } catch (error) {
        if (mine !== ticket) return;
        if (error instanceof EngineError && error.code === 'aborted') return;
        set({
          predictStatus: 'refused',
          prediction: null,
          predictRefusal: { fileName: name, code: 'failed' },
        });
      }
    },

    async predictFrame(frame) {
      const run = usableRun();
      const size = run === null ? null : inputSize(run);
      if (run === null || size === null || frameInFlight) {
        frame.close();
        return;
      }
      frameInFlight = true;
      const mine = ++ticket;
      const startedAt = performance.now();
      try {
        const pixels = await engine.framePixels(frame, size, run.fit);
        const look = await closeLook.look(pixels, headOf(run).head);
        if (mine !== ticket) return;
        closeLook.show(look);
        if (get().predictImageUrl !== null) showImage(null);
        set({
          prediction: {
            ...answer(run, look.embedding),
            source: 'camera',
            fileName: null,
            elapsedMs: performance.now() - startedAt,
          },
          predictStatus: 'idle',
          predictRefusal: null,
        });
      } catch {
        // A lost frame is not worth a message: the supervisor tells about a lost worker, and the
        // next frame tries again.
      } finally {
        frameInFlight = false;
      }
    },

    clearPrediction() {
      ticket += 1;
      showImage(null);
      closeLook.show(null);
      set({ prediction: null, predictStatus: 'idle', predictRefusal: null });
    },

    answerAgain() {
      const { prediction } = get();
      const run = usableRun();
      const look = closeLook.shown;
      if (run === null || look === null || prediction?.runId !== run.id) return;
      const { epoch, head } = headOf(run);
      set({ prediction: { ...prediction, ...answer(run, look.embedding) } });
      if (prediction.epoch !== epoch) void closeLook.again(head);
    },
  };
}

/** Larger ones would have to be decoded in full only to be made small. */
const MAX_DIRECT_PIXELS = 16_000_000;

/**
 * The photo as it is kept, which is what a head of ours was trained on. A model of Teachable Machine
 * never saw photos after a round of JPEG, and answers as it does there only without one.
 */
function pictureFor(run: Run, file: Blob, prepared: PreparedPhoto): Blob {
  const isTheirs = run.opened?.from === 'teachable-machine';
  const isSmall = prepared.sourceWidth * prepared.sourceHeight <= MAX_DIRECT_PIXELS;
  return isTheirs && isSmall ? file : prepared.image;
}
