/** From an embedding to what is said about it: the one way, for a photo, a frame or a whole folder. */
import type { HeadWeights } from '../../domain/head.ts';
import { answerEmbeddings } from '../../domain/prediction-pipeline.ts';
import { isMadeOn } from '../../domain/run-backbone.ts';
import type { Run } from '../../domain/run.ts';
import type { PreparedPhoto } from '../../protocol/intake-messages.ts';
import type { SliceTools } from '../slice-tools.ts';
import type { Prediction } from '../store-types.ts';
import { createWithholding, type Withholding } from './withholding.ts';

export interface HeadInUse {
  readonly epoch: number;
  readonly head: HeadWeights;
  /** Of that epoch: its logits are divided by it. */
  readonly temperature: number;
}

export type AnswerFields = 'probabilities' | 'classes' | 'runId' | 'epoch' | 'withheld';

export interface Answering {
  /** The run on screen, when its backbone is loaded; with the side of the square in pixels. */
  usable(): { readonly run: Run; readonly inputSize: number } | null;
  /** The head of the epoch that is looked at; a run whose other epochs are gone has its best one. */
  headOf(run: Run): HeadInUse;
  /** `blend` may change the probabilities (of the camera, over time) before anything judges them. */
  answer(
    run: Run,
    embedding: Float32Array,
    using?: HeadInUse,
    blend?: (fresh: readonly number[], epoch: number) => readonly number[],
  ): Pick<Prediction, AnswerFields>;
  readonly ready: Withholding['ready'];
}

export function createAnswering(
  tools: Pick<SliceTools, 'get' | 'embedder' | 'timeline'>,
): Answering {
  const { get, timeline } = tools;
  const withholding = createWithholding(tools);

  function headOf(run: Run): HeadInUse {
    const inUse = timeline.headInUse();
    const { epoch, head } =
      inUse?.runId === run.id ? inUse : { epoch: run.bestEpoch, head: run.head };
    return { epoch, head, temperature: timeline.temperature(epoch) };
  }

  return {
    usable() {
      const { currentRun: run, backboneStatus, backbones } = get();
      if (run === null || backboneStatus.kind !== 'ready') return null;
      if (!isMadeOn(run, backboneStatus)) return null;
      const card = backbones.find(({ id }) => id === run.backboneId);
      return card === undefined ? null : { run, inputSize: card.inputSize };
    },
    headOf,
    answer(run, embedding, using = headOf(run), blend = (fresh) => fresh) {
      const { epoch, head, temperature } = using;
      const fresh = Array.from(answerEmbeddings(head, embedding, 1, { temperature }));
      const probabilities = blend(fresh, epoch);
      const withheld = withholding.why(run, embedding, probabilities);
      return { probabilities, classes: run.classes, runId: run.id, epoch, withheld };
    },
    ready: (run) => withholding.ready(run),
  };
}

/** Larger ones would have to be decoded in full only to be made small. */
const MAX_DIRECT_PIXELS = 16_000_000;

/**
 * The photo as it is kept, which is what a head of ours was trained on. A model of Teachable Machine
 * never saw photos after a round of JPEG, and answers as it does there only without one.
 */
export function pictureFor(run: Run, file: Blob, prepared: PreparedPhoto): Blob {
  const isTheirs = run.opened?.from === 'teachable-machine';
  const isSmall = prepared.sourceWidth * prepared.sourceHeight <= MAX_DIRECT_PIXELS;
  return isTheirs && isSmall ? file : prepared.image;
}
