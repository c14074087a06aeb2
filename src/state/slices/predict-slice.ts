/**
 * Trying the model: a photo or a camera frame goes through the very same steps as a training photo
 * (prepare, fit, resize, backbone) and then through the head of the run on screen.
 */
import { headProbabilities } from '../../domain/head-forward.ts';
import type { Run } from '../../domain/run.ts';
import { EngineError } from '../../protocol/errors.ts';
import { MAX_STORED_SIDE_PX } from '../services/stored-size.ts';
import type { SliceTools } from '../slice-tools.ts';
import type { PredictSlice, Prediction } from '../store-types.ts';

export function createPredictSlice({ get, set, services }: SliceTools): PredictSlice {
  const { engine } = services;
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

  async function predictPixels(run: Run, pixels: Uint8Array): Promise<readonly number[]> {
    const embedding = await engine.embed(pixels, 1);
    return Array.from(headProbabilities(run.head, embedding, 1));
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
        const pixels = await engine.photoPixels(prepared.image, size, run.fit);
        const probabilities = await predictPixels(run, pixels);
        if (mine !== ticket) return;
        const prediction: Prediction = {
          probabilities,
          classes: run.classes,
          runId: run.id,
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
        const probabilities = await predictPixels(run, pixels);
        if (mine !== ticket) return;
        if (get().predictImageUrl !== null) showImage(null);
        set({
          prediction: {
            probabilities,
            classes: run.classes,
            runId: run.id,
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
      set({ prediction: null, predictStatus: 'idle', predictRefusal: null });
    },
  };
}
