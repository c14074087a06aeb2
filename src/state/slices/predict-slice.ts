/**
 * Trying the model: a photo or a camera frame goes through the very same steps as a training photo
 * (prepare, fit, resize, backbone) and then through the head of the run on screen.
 */
import { steadyAnswer } from '../../domain/steady-answers.ts';
import type { RunId } from '../../domain/run.ts';
import { EngineError } from '../../protocol/errors.ts';
import { pictureFor } from '../services/answering.ts';
import { MAX_STORED_SIDE_PX } from '../services/stored-size.ts';
import type { SliceTools } from '../slice-tools.ts';
import type { PredictSlice, Prediction } from '../store-types.ts';

const MOST_FRAMES = 2;

export function createPredictSlice(tools: SliceTools): PredictSlice {
  const { get, set, services, closeLook, answering } = tools;
  const { engine } = services;
  /** Bumped by every new photo or frame, so that a slow answer never overwrites a newer one. */
  let ticket = 0;
  /** Two: while one frame is embedded, the next one is made ready. */
  let framesInFlight = 0;
  let lastFrame = 0;
  /** Two workers make frames ready; one that comes late must not cover a newer one. */
  let newestShown = 0;
  /** The camera's answer that is shown, for the next one to be mixed with. */
  let shown: { of: RunId; epoch: number; atMs: number; probabilities: readonly number[] } | null =
    null;

  function steadied(of: RunId, atMs: number) {
    return (fresh: readonly number[], epoch: number): readonly number[] => {
      const before = shown?.of === of && shown.epoch === epoch ? shown : null;
      const constantMs = get().trySettings.smoothingSeconds * 1000;
      const elapsedMs = atMs - (before?.atMs ?? atMs);
      const probabilities = steadyAnswer(
        before?.probabilities ?? null,
        fresh,
        elapsedMs,
        constantMs,
      );
      shown = { of, epoch, atMs, probabilities };
      return probabilities;
    };
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
      const usable = answering.usable();
      if (usable === null) return;
      const { run, inputSize } = usable;
      const mine = ++ticket;
      const startedAt = performance.now();
      shown = null;
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
        const pixels = await engine.photoPixels(
          pictureFor(run, file, prepared),
          inputSize,
          run.fit,
        );
        const look = await closeLook.look(pixels, answering.headOf(run));
        if (mine !== ticket) return;
        closeLook.show(look);
        const prediction: Prediction = {
          ...answering.answer(run, look.embedding),
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

    async predictFrame(frame, isAlone = false) {
      const usable = answering.usable();
      if (usable === null || framesInFlight >= MOST_FRAMES) {
        frame.close();
        return;
      }
      const { run, inputSize } = usable;
      framesInFlight += 1;
      const mine = ticket;
      const number = ++lastFrame;
      const startedAt = performance.now();
      try {
        const pixels = await engine.framePixels(frame, inputSize, run.fit);
        const look = await closeLook.look(pixels, answering.headOf(run));
        if (mine !== ticket || number < newestShown) return;
        newestShown = number;
        closeLook.show(look);
        if (get().predictImageUrl !== null) showImage(null);
        if (isAlone) shown = null;
        const now = performance.now();
        set({
          prediction: {
            ...answering.answer(run, look.embedding, undefined, steadied(run.id, now)),
            source: 'camera',
            fileName: null,
            elapsedMs: now - startedAt,
          },
          predictStatus: 'idle',
          predictRefusal: null,
        });
      } catch {
        // A lost frame is not worth a message: the supervisor tells about a lost worker, and the
        // next frame tries again.
      } finally {
        framesInFlight -= 1;
      }
    },

    clearPrediction() {
      ticket += 1;
      shown = null;
      showImage(null);
      closeLook.show(null);
      set({ prediction: null, predictStatus: 'idle', predictRefusal: null });
    },

    answerAgain() {
      const { prediction } = get();
      const run = answering.usable()?.run ?? null;
      const look = closeLook.shown;
      if (run === null || look === null || prediction?.runId !== run.id) return;
      const asked = answering.headOf(run);
      set({ prediction: { ...prediction, ...answering.answer(run, look.embedding) } });
      const isSame = prediction.epoch === asked.epoch && look.temperature === asked.temperature;
      if (!isSame) void closeLook.again(asked);
    },
  };
}
