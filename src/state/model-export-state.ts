/** What the store knows about taking the model along and bringing one in. The bytes are elsewhere. */
import type { FitMode } from '../domain/photo.ts';
import type { RunId } from '../domain/run.ts';
import type { AnswerLimits } from '../domain/said-or-not.ts';
import type { ExportTarget, IncomingFile } from './store-types.ts';

export type ModelExportKind =
  'tfjs' | 'teachable-machine' | 'web-page' | 'onnx' | 'head' | 'python';

/** Why nothing can be exported now; null when it can. */
export type ModelExportObstacle =
  | 'no-run'
  | 'training'
  | 'busy' // photos are coming in
  | 'no-epoch' // stopped before the first epoch was done
  | 'backbone-loading'
  | 'other-backbone';

export type ModelProof =
  | {
      /** The exported bytes were opened by themselves and asked about the same pictures. */
      readonly status: 'equal' | 'different';
      /** Of any probability. */
      readonly largestDifference: number;
      readonly pictures: number;
      /** How many of those were the person's own validation photos. */
      readonly ownPhotos: number;
      /** `onnx-own`: our own reader, since ONNX Runtime could not be loaded. */
      readonly reader: 'tfjs' | 'page' | 'head' | 'onnx-runtime' | 'onnx-own';
    }
  /** There is nothing in a browser that could run it. */
  | { readonly status: 'not-here' };

/** An export that lies ready to be saved. */
export interface PreparedModel {
  readonly kind: ModelExportKind;
  readonly runId: RunId;
  readonly epoch: number;
  /** How sure an answer has to be in it, as `limitsKey` tells it. */
  readonly limits: string;
  readonly fileName: string;
  readonly bytes: number;
  /** Paths inside the zip. */
  readonly files: readonly string[];
  readonly proof: ModelProof;
  readonly elapsedMs: number;
}

export type ModelExportStep = 'asking' | 'writing' | 'checking' | 'packing';

export interface ModelImportPreview {
  readonly kind: 'teachable-machine' | 'head';
  readonly name: string;
  readonly classes: readonly string[];
  readonly backboneName: string;
  readonly inputSize: number;
  readonly fit: FitMode;
  /** When it withholds an answer; null: a file of this kind does not say. */
  readonly limits: AnswerLimits | null;
}

export type ModelImportState =
  | { readonly status: 'none' | 'reading' | 'opening' }
  | {
      readonly status: 'refused';
      readonly code: string;
      readonly params: Readonly<Record<string, string | number>>;
    }
  | { readonly status: 'ready'; readonly preview: ModelImportPreview }
  | { readonly status: 'opened'; readonly name: string };

/** How photos of the old classes were answered before and after training went on. */
export interface ForgettingReport {
  readonly runId: RunId;
  readonly photos: number;
  readonly rightBefore: number;
  readonly rightAfter: number;
  /** Old classes without a single photo here: nothing can be said about them. */
  readonly unseen: readonly string[];
}

export interface ModelExportSlice {
  readonly modelExport: {
    readonly working: { readonly kind: ModelExportKind; readonly step: ModelExportStep } | null;
    readonly prepared: Readonly<Partial<Record<ModelExportKind, PreparedModel>>>;
    readonly failed: {
      readonly kind: ModelExportKind;
      readonly code: string;
      readonly params: Readonly<Record<string, string | number>>;
    } | null;
    /** File name of the last export that was written to its target. */
    readonly saved: string | null;
  };
  readonly modelImport: ModelImportState;
  readonly forgetting: ForgettingReport | null;
  /** Writes the export, checks it, keeps it ready. `pageWords`: texts of the web page. */
  prepareModelExport(
    kind: ModelExportKind,
    pageWords: Readonly<Record<string, string>>,
  ): Promise<void>;
  cancelModelExport(): void;
  saveModelExport(kind: ModelExportKind, target: ExportTarget): Promise<void>;
  /** Looks into a zip, or into the files of a model; nothing changes yet. */
  readModelFiles(files: readonly IncomingFile[]): Promise<void>;
  confirmModelImport(): Promise<void>;
  dismissModelImport(): void;
  /** Trains on the photos of now, starting from the head of the run on screen. */
  continueTraining(): Promise<void>;
}
