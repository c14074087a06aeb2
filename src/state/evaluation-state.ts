/** How good the model on screen is: what was judged so far, and when it shall say "I don't know". */
import type {
  AbstentionRule,
  CrossValidation,
  Evaluation,
  LearningCurveMeasurement,
} from '../domain/evaluation.ts';
import type { ClassId, ClassInfo, PhotoId } from '../domain/photo.ts';
import type { RunId } from '../domain/run.ts';
import type { Progress } from './store-types.ts';

/** The photos that judge: a side of the split, or all but the test side in turn. */
export type JudgedOn = 'validation' | 'test' | 'folds';
export type EvaluationJob = JudgedOn | 'learning';

/** Why a job cannot give an honest number. */
export type EvaluationProblem =
  | { readonly code: 'no-run' }
  /** The backbone the model was trained on is not loaded, or is another one by now. */
  | { readonly code: 'other-backbone' }
  | { readonly code: 'other-fit' }
  /** Photos of these classes are here, but the model does not know them, or the other way round. */
  | { readonly code: 'other-classes'; readonly names: readonly string[] }
  | { readonly code: 'no-photos' }
  /** Photos of the side are here, but the model learned from them or was chosen on them. */
  | { readonly code: 'photos-were-used' }
  | { readonly code: 'not-embedded'; readonly count: number }
  | { readonly code: 'one-class' }
  | { readonly code: 'too-few-groups'; readonly groups: number; readonly folds: number }
  | { readonly code: 'failed'; readonly errorCode: string };

/** Why the backbone's own classes say nothing here. */
export type ZeroShotAbsence =
  /** Its files end with the embedding. */
  | 'no-classifier'
  /** It tells classes apart, but nothing says which. */
  | 'unknown-classes'
  | 'no-match'
  | 'failed';

interface Judged {
  /** What it was judged for; differs from `evaluationKey` when photos or run are others by now. */
  readonly key: string;
  readonly runId: RunId;
  /** Rows speak about these. */
  readonly photoIds: readonly PhotoId[];
  /** In the order of the class numbers. */
  readonly classes: readonly ClassInfo[];
}

interface JudgedAnswers extends Judged {
  /** Null: what the backbone's own classes say is among the contenders. */
  readonly zeroShotAbsence: ZeroShotAbsence | null;
}

export interface JudgedSide extends JudgedAnswers {
  readonly on: 'validation' | 'test';
  readonly epoch: number;
  readonly evaluation: Evaluation;
  /** Runs judged on these very test photos so far, this one included; 0 for the validation side. */
  readonly testUses: number;
}

export interface JudgedFolds extends JudgedAnswers {
  readonly on: 'folds';
  readonly evaluation: CrossValidation;
}

export interface MeasuredLearning extends Judged {
  readonly measurement: LearningCurveMeasurement;
}

export interface JobState<Result> {
  readonly progress: Progress | null;
  readonly problem: EvaluationProblem | null;
  readonly result: Result | null;
}

export interface EvaluationJobs {
  readonly validation: JobState<JudgedSide>;
  readonly test: JobState<JudgedSide>;
  readonly folds: JobState<JudgedFolds>;
  readonly learning: JobState<MeasuredLearning>;
}

/** The backbone's own classes, and which of them stand for the project's. */
export interface ZeroShotMatching {
  /** Which backbone's they are; null before anybody asked. */
  readonly backboneId: string | null;
  /** One for each of its classes, synonyms separated by commas; empty when it has none. */
  readonly labels: readonly string[];
  /** Class numbers that stand for each class of the model on screen. */
  readonly matches: Readonly<Record<ClassId, readonly number[]>>;
  /** Of those, what the person chose instead of what the names say; stored with the project. */
  readonly chosen: Readonly<Record<ClassId, readonly number[]>>;
}

/** When the model on screen says "I don't know". */
export interface AbstentionSettings {
  readonly isOn: boolean;
  /** Chosen by the person; null: what the validation photos suggest. */
  readonly confidenceFloor: number | null;
  /** Whether photos unlike all that was learned from are left unanswered too. */
  readonly withDistance: boolean;
  /** Of the run on screen; null until it was judged. */
  readonly suggested: (AbstentionRule & { readonly runId: RunId }) | null;
}

export interface EvaluationSlice {
  readonly evaluation: EvaluationJobs;
  readonly abstention: AbstentionSettings;
  readonly zeroShot: ZeroShotMatching;
  /** Starts the job, or starts it again. Never rejects: what came of it is in `evaluation`. */
  evaluate(job: EvaluationJob): Promise<void>;
  cancelEvaluation(job: EvaluationJob): void;
  setAbstention(
    change: Partial<Pick<AbstentionSettings, 'isOn' | 'confidenceFloor' | 'withDistance'>>,
  ): void;
  /** Which of the backbone's classes stand for a class; null: those that its name fits. Never rejects. */
  matchZeroShot(classId: ClassId, labels: readonly number[] | null): Promise<void>;
  /** 0 switches the test side off. */
  setTestShare(share: number): void;
}
