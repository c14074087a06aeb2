/**
 * A prediction from file to probabilities, described once as data. Training, try-out and every export
 * take their steps from here; `pipeline.json` in an export is this very object.
 */
import type { BackboneCard } from './backbone-card.ts';
import { PAD_VALUE } from './fit-square.ts';
import { headProbabilities } from './head-forward.ts';
import type { HeadWeights } from './head.ts';
import type { FitMode } from './photo.ts';
import type { AnswerLimits } from './said-or-not.ts';

/** How a photo is kept before anything looks at it; a photo to be tried goes the same way. */
export const STORED_PHOTO = { longestSidePx: 480, type: 'image/jpeg', quality: 0.92 } as const;

export interface PipelineHeadLayer {
  readonly inputs: number;
  readonly units: number;
  readonly activation: 'relu' | 'softmax';
}

export interface PredictionPipeline extends AnswerLimits {
  readonly format: 'headstart-pipeline';
  readonly version: 1;
  readonly decode: {
    readonly orientation: 'exif';
    readonly color: 'srgb';
    readonly transparency: 'white';
  };
  /** Null: the photo is used as it was given. */
  readonly store: typeof STORED_PHOTO | null;
  readonly square: {
    readonly fit: FitMode;
    /** Side in pixels. */
    readonly size: number;
    /** Channel value of the bars of `pad`. */
    readonly padValue: number;
  };
  readonly resize: {
    readonly method: 'triangle';
    readonly antialias: true;
    /** The same filter in Python, bit for bit for crop and stretch. */
    readonly pillow: 'BILINEAR';
  };
  /** Input value of pixel 0 and of pixel 255; linear in between. Channels red, green, blue. */
  readonly scale: { readonly low: number; readonly high: number };
  readonly backbone: {
    readonly id: string;
    readonly name: string;
    /** Of all weight bytes, hex. */
    readonly weightsSha256: string;
    readonly node: string;
    readonly pool: boolean;
    readonly width: number;
  };
  /** Embeddings minus the mean, divided by the scale, both measured on training photos. */
  readonly standardise: boolean;
  readonly head: readonly PipelineHeadLayer[];
  /** Logits are divided by it before the softmax; 1 changes nothing. */
  readonly temperature: number;
  /** In the order of the probabilities. */
  readonly classes: readonly string[];
}

/** What a person may have set on top of a trained head. */
export interface AnswerSettings extends Partial<AnswerLimits> {
  readonly temperature?: number;
}

export interface PipelineParts extends AnswerSettings {
  readonly card: BackboneCard;
  readonly weightsSha256: string;
  readonly fit: FitMode;
  readonly head: HeadWeights;
  readonly classNames: readonly string[];
  /** False for a model that came from a program which does not keep photos as Headstart does. */
  readonly keepsPhotos?: boolean;
}

/** Throws RangeError when head, backbone and class names do not fit together. */
export function describePipeline(parts: PipelineParts): PredictionPipeline {
  const { card, head, classNames, fit } = parts;
  if (head.inputDim !== card.embedding.width) {
    throw new RangeError(`the head takes ${head.inputDim} numbers, not ${card.embedding.width}`);
  }
  if (head.classCount !== classNames.length) {
    throw new RangeError(`${head.classCount} outputs, ${classNames.length} class names`);
  }
  const [low, high] = card.inputRange;
  return {
    format: 'headstart-pipeline',
    version: 1,
    decode: { orientation: 'exif', color: 'srgb', transparency: 'white' },
    store: parts.keepsPhotos === false ? null : STORED_PHOTO,
    square: { fit, size: card.inputSize, padValue: PAD_VALUE },
    resize: { method: 'triangle', antialias: true, pillow: 'BILINEAR' },
    scale: { low, high },
    backbone: {
      id: card.id,
      name: card.name,
      weightsSha256: parts.weightsSha256,
      node: card.embedding.node,
      pool: card.embedding.pool,
      width: card.embedding.width,
    },
    standardise: head.standardisation !== null,
    head: headLayers(head),
    temperature: parts.temperature ?? 1,
    abstainBelow: parts.abstainBelow ?? null,
    thresholds: parts.thresholds ?? null,
    classes: [...classNames],
  };
}

function headLayers(head: HeadWeights): readonly PipelineHeadLayer[] {
  const { inputDim, hiddenUnits, classCount } = head;
  if (hiddenUnits === 0) return [{ inputs: inputDim, units: classCount, activation: 'softmax' }];
  return [
    { inputs: inputDim, units: hiddenUnits, activation: 'relu' },
    { inputs: hiddenUnits, units: classCount, activation: 'softmax' },
  ];
}

/** The last steps of the pipeline: embeddings [count, width] to probabilities [count, classes]. */
export function answerEmbeddings(
  head: HeadWeights,
  embeddings: Float32Array,
  count: number,
  settings: AnswerSettings = {},
): Float32Array {
  return headProbabilities(head, embeddings, count, settings.temperature ?? 1);
}
