/** What the texts of an export speak about. Gathered once; every README and card reads from it. */
import type { PredictionPipeline } from '../../domain/prediction-pipeline.ts';

/** Largest difference at which an exported model counts as the same one. */
export const EQUAL_TOLERANCE = 1e-4;

export interface ExportFacts {
  readonly projectName: string;
  readonly appVersion: string;
  /** ISO 8601, to the day: when exactly is nobody's business. */
  readonly date: string;
  readonly pipeline: PredictionPipeline;
  readonly backboneLicence: string;
  readonly backbonePublisher: string;
  readonly training: {
    readonly epochs: number;
    readonly bestEpoch: number;
    readonly settings: Readonly<Record<string, string | number | boolean>>;
    /** In class order. */
    readonly photosPerClass: readonly { readonly train: number; readonly validation: number }[];
    /** Null when there were no validation photos. */
    readonly validationAccuracy: number | null;
  };
  /** What the screen says about the golden pictures: [picture][class]. */
  readonly golden: readonly (readonly number[])[];
}

export type ExportFiles = ReadonlyMap<string, Uint8Array<ArrayBuffer>>;

export function textFile(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

export function jsonFile(value: unknown): Uint8Array<ArrayBuffer> {
  return textFile(`${JSON.stringify(value, null, 2)}\n`);
}
