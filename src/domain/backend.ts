/** The compute backends and what is measured about them on a device. */

export const BACKEND_NAMES = ['webgpu', 'webgl', 'wasm', 'cpu'] as const;
export type BackendName = (typeof BACKEND_NAMES)[number];
/** Embedding runs the backbone; head training runs the small network. Each has its own backend. */
export type Workload = 'embedding' | 'head';

export type BackendVerdict =
  | 'right' // opened, numbers agree with the reference
  | 'wrong-numbers' // opened, but forward values or gradients are off: refused
  | 'unavailable' // this browser or machine does not have it
  | 'timed-out' // did not answer in time: refused
  | 'failed'; // threw while opening or running: refused

export interface BackendReport {
  readonly backend: BackendName;
  readonly verdict: BackendVerdict;
  /** Milliseconds until the backend was open. */
  readonly openMs: number | null;
  /** Largest absolute differences to the stored reference. */
  readonly forwardError: number | null;
  readonly gradientError: number | null;
  /** Measured with the backbone named in `measuredWith`. */
  readonly imagesPerSecond: number | null;
  readonly headStepsPerSecond: number | null;
  /** What the driver calls itself, where it says so (e.g. a software adapter). */
  readonly device: string | null;
  /** Technical detail of a failure, for the details view only. */
  readonly detail: string | null;
}

export interface BackendSurvey {
  readonly measuredAt: number;
  readonly measuredWith: string;
  readonly appVersion: string;
  readonly reports: readonly BackendReport[];
}

export interface BackendChoice {
  readonly embedding: BackendName;
  readonly head: BackendName;
}
