/**
 * The shape of the one store: what rooms may read and do. Slices in `slices/` implement it.
 * Never in here: tensors, images, embeddings, typed arrays, metric points (those are in MetricLog).
 */
import type { AugmentationSlice } from './augmentation-state.ts';
import type { DoneNoticeSlice } from './done-notice-state.ts';
import type { RunSignalsSlice } from './run-signals-state.ts';
import type { GlossarySlice } from './glossary-state.ts';
import type { BackboneCard } from '../domain/backbone-card.ts';
import type { BackendChoice, BackendName, BackendReport } from '../domain/backend.ts';
import type { Folding } from '../domain/folding.ts';
import type { HeadWeights } from '../domain/head.ts';
import type { Hyperparameters } from '../domain/hyperparameters.ts';
import type {
  ClassId,
  ClassInfo,
  FitMode,
  Photo,
  PhotoId,
  PhotoOriginKind,
  Side,
} from '../domain/photo.ts';
import type { SplitSettings } from '../domain/project.ts';
import type { RateSweep } from '../domain/learning-rate-range.ts';
import type { PresetId } from '../domain/presets.ts';
import type { Run, RunId } from '../domain/run.ts';
import type { SampleSetSettings } from '../domain/sample-set.ts';
import type { EvaluationSlice } from './evaluation-state.ts';
import type { ImportLayout, ImportNote } from '../formats/import-plan.ts';
import type { SkipCode } from '../formats/zip-archive.ts';
import type { RefusalCode } from '../protocol/intake-messages.ts';
import type { ModelExportSlice } from './model-export-state.ts';
import type { RunsSlice } from './runs-state.ts';
import type { SetupSlice } from './setup-state.ts';
import type { WhySlice } from './why-state.ts';
import type { ProjectsSlice } from './projects-state.ts';
import type { TabSlice } from './tab-state.ts';
import type { TrySlice } from './try-state.ts';

/** A file on its way in. `folder` is the name of the folder it lay in, the class when dropped as folders. */
export interface IncomingFile {
  readonly file: Blob;
  readonly name: string;
  readonly folder: string | null;
}

/** A picture that is opened only when its turn comes: one of thousands in an archive. */
export interface LazyPicture {
  readonly name: string;
  /** Its class. */
  readonly folder: string;
  readonly open: (signal: AbortSignal) => Promise<Blob>;
}

export type IntakeTarget =
  | { readonly kind: 'class'; readonly classId: ClassId }
  /** A class of their own, made when the first photo is taken: none if all are refused. */
  | { readonly kind: 'new-class' }
  /** Each folder a class (made when missing, matched by name); loose files go to `loose`, or are refused when null. */
  | { readonly kind: 'by-folder'; readonly loose: ClassId | null };

export interface Refusal {
  readonly fileName: string;
  readonly code: RefusalCode | 'no-class' | 'duplicate' | 'storage-full' | 'failed';
  readonly params?: Readonly<Record<string, string | number>>;
}

/** Long work, shown with counts, time left and cancel. */
export interface Progress {
  readonly total: number;
  readonly done: number;
  /** Milliseconds left, null until it can be estimated. */
  readonly etaMs: number | null;
}

/** What came of the last drop: shown as "12 of 14 photos added" with the reasons. */
export interface IntakeReport {
  readonly id: number;
  readonly added: number;
  readonly total: number;
  readonly cancelled: boolean;
  readonly refusals: readonly Refusal[];
}

export interface ProjectSlice {
  readonly boot: { readonly status: 'opening' | 'ready' | 'failed'; readonly error: string | null };
  readonly projectId: string;
  readonly projectName: string;
  renameProject(name: string): void;
}

export interface DatasetSlice {
  readonly classes: readonly ClassInfo[];
  /** Insertion order is display order. Replaced, never mutated. */
  readonly photos: ReadonlyMap<PhotoId, Photo>;
  readonly split: SplitSettings;
  readonly fit: FitMode;
  /** Message keys of what undo and redo would do; null when there is nothing. */
  readonly undoLabel: string | null;
  readonly redoLabel: string | null;
  /** Adds an empty class; without a name, the next free "Class N". Returns its id. */
  addClass(name?: string): ClassId;
  /** Trimmed; empty or already used names are refused with a returned code. */
  renameClass(id: ClassId, name: string): 'ok' | 'empty' | 'taken';
  recolourClass(id: ClassId, colorIndex: number): void;
  removeClass(id: ClassId): void;
  /** The photos of `from` join those of `into`, with their sides; `from` is removed. */
  mergeClasses(from: ClassId, into: ClassId): void;
  movePhotos(ids: readonly PhotoId[], to: ClassId): void;
  removePhotos(ids: readonly PhotoId[]): void;
  /** Pins photos (with their group) to a side, or hands them back to the split (null). */
  pinPhotos(ids: readonly PhotoId[], side: Side | null): void;
  setValidationShare(share: number): void;
  setFit(fit: FitMode): void;
  undo(): void;
  redo(): void;
}

export interface IntakeSlice {
  readonly intake: Progress | null;
  readonly intakeReport: IntakeReport | null;
  readonly embedding: Progress | null;
  /** Photos without an embedding on the current backbone (embedding cancelled or waiting). */
  readonly unembedded: number;
  addFiles(
    files: readonly IncomingFile[],
    target: IntakeTarget,
    origin: PhotoOriginKind,
    burstId?: string,
  ): Promise<void>;
  /** Each folder a class, as in `addFiles`; cancelled half-way, nothing of it stays. */
  addPictures(pictures: readonly LazyPicture[], origin: PhotoOriginKind): Promise<void>;
  addSampleSet(settings: SampleSetSettings, classNames: readonly string[]): Promise<void>;
  cancelIntake(): void;
  dismissIntakeReport(): void;
  cancelEmbedding(): void;
  resumeEmbedding(): void;
}

export type TrainingStatus = 'idle' | 'preparing' | 'running' | 'paused' | 'finished' | 'failed';

/** Why Train cannot be pressed now; null when it can. */
export type TrainingObstacle =
  | {
      readonly code:
        | 'no-photos'
        | 'one-class'
        | 'no-training-photos'
        | 'backbone-not-ready'
        | 'intake-running'
        | 'invalid-settings';
    }
  | { readonly code: 'class-too-small'; readonly className: string; readonly count: number };

export interface TrainingSlice {
  readonly hyperparameters: Hyperparameters;
  readonly training: {
    readonly status: TrainingStatus;
    readonly runId: RunId | null;
    readonly epoch: number;
    readonly epochs: number;
    readonly etaMs: number | null;
    readonly errorCode: string | null;
  };
  /** The run on screen: finished, or as far as it got. Metrics are in the metric log while it runs. */
  readonly currentRun: Run | null;
  /** The one before it: its curve stays as a ghost to compare with. */
  readonly previousRun: Run | null;
  /** True when photos, split or settings changed since the run on screen. */
  readonly runIsStale: boolean;
  /** Out-of-range or NaN values are refused with a returned code and leave the old value. */
  setHyperparameter<Key extends keyof Hyperparameters>(
    key: Key,
    value: Hyperparameters[Key],
  ): 'ok' | 'out-of-range' | 'not-a-number';
  resetHyperparameters(): void;
  /** All settings of a preset at once; the seed stays. */
  applyPreset(id: PresetId): void;
  /** A second call while a run is under way does nothing. */
  train(): Promise<void>;
  /** As `train`, from a head that is there already; its classes come first. */
  trainFrom(from: { readonly run: Run; readonly head: HeadWeights }): Promise<void>;
  /** Cancels the run under way, if any, and trains with the settings as they are now. */
  retrain(): Promise<void>;
  /** Cancels the run under way; the run on screen stays. */
  cancelTraining(): void;
  /** A run that a closed page, a crash or a dead worker has interrupted: offered, not begun. */
  readonly unfinishedRun: { readonly epoch: number; readonly epochs: number } | null;
  /** Looks for one, once the backbone is there; one of other data is let go. */
  findUnfinishedRun(): Promise<void>;
  /** From its last stored epoch, with its own settings. */
  goOnTraining(): Promise<void>;
  forgetUnfinishedRun(): void;
  pauseTraining(): void;
  resumeTraining(): void;
  stopTraining(): void;
  /** Learning-rate range test; null when nothing can be trained now. Rejects with EngineError. */
  findLearningRate(signal: AbortSignal): Promise<RateSweep | null>;
}

/** Looking at the epochs of the run on screen; see services/timeline.ts for what is kept of them. */
export interface LabSlice {
  readonly lab: {
    /** Epochs of the run on screen whose heads are here, rising. */
    readonly keptEpochs: readonly number[];
    /** Kept epoch that the early-stopping settings put in use; null without a run. */
    readonly ruleEpoch: number | null;
    /** Epoch chosen to look at instead; null: the one in use. Always a kept one. */
    readonly chosenEpoch: number | null;
    readonly isPlaying: boolean;
    /** Whether the validation photos of the run can be asked. */
    readonly validation: 'none' | 'loading' | 'ready' | 'unavailable';
    /** Counts up whenever other validation photos were read. */
    readonly validationRevision: number;
    readonly liveRetrain: boolean;
  };
  /** Goes to the nearest kept epoch; null goes back to the epoch in use. Stops the playback. */
  chooseEpoch(epoch: number | null): void;
  /** Plays from the chosen epoch, from the first one when the end is reached. */
  playTimeline(): void;
  pauseTimeline(): void;
  setLiveRetrain(isOn: boolean): void;
}

export interface Prediction {
  /** One per class of `runClasses`, in that order, sums to 1. */
  readonly probabilities: readonly number[];
  readonly classes: readonly ClassInfo[];
  readonly runId: RunId;
  /** Whose head answered. */
  readonly epoch: number;
  readonly source: 'photo' | 'camera';
  readonly fileName: string | null;
  /** Whole way from pixels to probabilities. */
  readonly elapsedMs: number;
  /**
   * Why the answer is withheld: the model shall say "I don't know" ('unsure', 'unfamiliar'), or the
   * class needs a higher probability to be said ('below'). Null: it is said.
   */
  readonly withheld: 'unsure' | 'unfamiliar' | 'below' | null;
}

export interface PredictSlice {
  readonly prediction: Prediction | null;
  readonly predictStatus: 'idle' | 'working' | 'refused';
  readonly predictRefusal: Refusal | null;
  /** The photo being shown: an object URL owned by this slice. */
  readonly predictImageUrl: string | null;
  predictFile(file: Blob, name: string): Promise<void>;
  /**
   * Takes ownership of the frame. Drops it when two before it are still being worked on. `isAlone`:
   * answers about this very frame, without the frames before it.
   */
  predictFrame(frame: ImageBitmap, isAlone?: boolean): Promise<void>;
  clearPrediction(): void;
  /** Asks the head in use again about what was looked at last; the photo is not embedded again. */
  answerAgain(): void;
}

export type BackboneStatus =
  | { readonly kind: 'none' }
  | { readonly kind: 'loading'; readonly backboneId: string }
  | {
      readonly kind: 'ready';
      readonly backboneId: string;
      readonly weightsSha256: string;
      readonly loadMs: number;
      readonly goldenError: number | null;
      readonly folding: Folding;
    }
  | { readonly kind: 'failed'; readonly backboneId: string; readonly code: string };

export interface BackboneDownload {
  readonly backboneId: string;
  readonly receivedBytes: number;
  readonly totalBytes: number;
  readonly status: 'running' | 'paused' | 'failed' | 'verifying';
  readonly errorCode: string | null;
}

export interface EngineSlice {
  /** Self-hosted first, then built in, then downloads. */
  readonly backbones: readonly BackboneCard[];
  readonly backboneStatus: BackboneStatus;
  /** Ids that can be used without a network. */
  readonly availableBackbones: ReadonlySet<string>;
  /** Download ids with part of their files here. */
  readonly partialBackbones: ReadonlySet<string>;
  readonly download: BackboneDownload | null;
  readonly backends: {
    readonly inUse: BackendChoice | null;
    /** What the person chose; 'auto' lets the survey decide. */
    readonly override: {
      readonly embedding: BackendName | 'auto';
      readonly head: BackendName | 'auto';
    };
    readonly reports: readonly BackendReport[];
    readonly surveying: BackendName | null;
  };
  readonly canvasTampered: boolean;
  chooseBackbone(id: string): Promise<void>;
  downloadBackbone(id: string): Promise<void>;
  cancelDownload(): void;
  removeBackbone(id: string): Promise<void>;
  overrideBackend(workload: 'embedding' | 'head', backend: BackendName | 'auto'): Promise<void>;
  surveyBackends(): Promise<void>;
  cancelSurvey(): void;
}

/** A message that stays until it is read: a restart, a fallback, storage nearly full. */
export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'warning' | 'error';
  readonly messageKey: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export type Theme = 'system' | 'light' | 'dark';
/** What the middle of the screen shows. */
export type View = 'train' | 'runs' | 'evaluation' | 'model';
export type OpenPanel =
  | 'backbone'
  | 'backend'
  | 'storage'
  | 'samples'
  | 'glossary'
  | 'import'
  | 'share'
  | 'projects'
  | 'setup'
  | null;

export interface ShellSlice {
  readonly theme: Theme;
  readonly openPanel: OpenPanel;
  readonly view: View;
  readonly notices: readonly Notice[];
  readonly storage: {
    readonly usedBytes: number;
    readonly quotaBytes: number;
    readonly persistent: boolean;
  } | null;
  readonly offline: 'unsupported' | 'preparing' | 'ready';
  readonly updateReady: boolean;
  setTheme(theme: Theme): void;
  setOpenPanel(panel: OpenPanel): void;
  setView(view: View): void;
  notify(notice: Omit<Notice, 'id'>): void;
  dismissNotice(id: number): void;
  /** Reloads into the new version; refused (and asked again later) while training or taking photos in. */
  applyUpdate(): void;
}

/** What a zip, a `.tm` or a project file would bring in; shown before anything happens. */
export interface ImportPreview {
  readonly name: string;
  readonly layout: ImportLayout | 'project';
  readonly classes: readonly { readonly name: string; readonly count: number }[];
  readonly photoCount: number;
  readonly runCount: number;
  /** One row per reason, with a few names. */
  readonly skipped: readonly {
    readonly code: SkipCode;
    readonly count: number;
    readonly examples: readonly string[];
  }[];
  readonly notes: readonly ImportNote[];
}

export type ImportState =
  | { readonly status: 'none' }
  | { readonly status: 'reading'; readonly name: string }
  | {
      readonly status: 'refused';
      readonly name: string;
      readonly code: string;
      readonly params: Readonly<Record<string, string | number>>;
    }
  | { readonly status: 'ready'; readonly preview: ImportPreview }
  /** A project being written into storage. */
  | { readonly status: 'opening'; readonly name: string; readonly progress: Progress }
  /** It is there, but not all files were taken: told before it is opened. */
  | {
      readonly status: 'made';
      readonly id: string;
      readonly name: string;
      readonly photos: number;
      readonly refusals: readonly Refusal[];
    };

/** Into the open project, or as one beside it. A project file is always one of its own. */
export type ImportPlace = 'this-project' | 'new-project';

export type ExportKind = 'class-folders' | 'side-folders' | 'teachable-machine' | 'project';

/** Where an export goes: a file on disk, or memory that becomes a download. */
export interface ExportTarget {
  readonly fileName: string;
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  close(): Promise<void>;
  /** Leaves nothing behind. */
  abort(): Promise<void>;
}

export type ExportResult =
  | { readonly status: 'done'; readonly fileName: string; readonly photos: number }
  | { readonly status: 'cancelled' }
  | {
      readonly status: 'failed';
      readonly code: string;
      readonly params: Readonly<Record<string, string | number>>;
    };

export interface TransferSlice {
  readonly importing: ImportState;
  readonly exporting: Progress | null;
  readonly exportResult: ExportResult | null;
  /** Looks into archives (or pictures with a table of labels) and opens the preview. */
  openImport(files: readonly IncomingFile[]): Promise<void>;
  /** Adds the pictures, or writes a project into storage. */
  confirmImport(place?: ImportPlace): Promise<'added' | 'project-opened' | 'nothing'>;
  /** Makes the project that was just written the one that the next start opens. */
  openMadeProject(): Promise<void>;
  /** Also stops a project that is being opened; nothing of it stays. */
  dismissImport(): void;
  exportTo(kind: ExportKind, target: ExportTarget): Promise<void>;
  cancelExport(): void;
}

export type AppState = ProjectSlice &
  EvaluationSlice &
  DatasetSlice &
  IntakeSlice &
  TrainingSlice &
  LabSlice &
  RunsSlice &
  SetupSlice &
  AugmentationSlice &
  GlossarySlice &
  RunSignalsSlice &
  DoneNoticeSlice &
  PredictSlice &
  TrySlice &
  EngineSlice &
  ShellSlice &
  TransferSlice &
  WhySlice &
  TabSlice &
  ProjectsSlice &
  ModelExportSlice;
