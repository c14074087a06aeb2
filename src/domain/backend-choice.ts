/**
 * Chooses a backend per workload from what was measured on this device, never by name: measured
 * rates differ by a factor of 45 between machines, and not always in favour of the GPU.
 */
import { BACKEND_NAMES } from './backend.ts';
import type { BackendChoice, BackendName, BackendReport, Workload } from './backend.ts';

export interface BackendOverride {
  readonly embedding: BackendName | 'auto';
  readonly head: BackendName | 'auto';
}

/**
 * A remembered choice is left only for a backend this many times faster: two timings of the same
 * backend on a busy machine differ by up to a fifth.
 */
export const SWITCH_MARGIN = 1.25;

/** Before anything was measured: runs in every browser and is nowhere the slowest. */
export const STARTING_CHOICE: BackendChoice = { embedding: 'wasm', head: 'wasm' };

/** Needs no support from the browser, so it is there even when no survey named it. */
const LAST_RESORT: BackendName = 'cpu';
const ON_GPU: ReadonlySet<BackendName> = new Set(['webgpu', 'webgl']);

type Rated = { readonly backend: BackendName; readonly rate: number };

/** Right backends of a workload, fastest first; unmeasured ones after those, in order of name list. */
function rank(reports: readonly BackendReport[], workload: Workload): readonly Rated[] {
  return reports
    .filter(({ verdict }) => verdict === 'right')
    .map((report) => {
      const rate = workload === 'embedding' ? report.imagesPerSecond : report.headStepsPerSecond;
      return { backend: report.backend, rate: rate !== null && rate > 0 ? rate : 0 };
    })
    .sort(
      (a, b) =>
        b.rate - a.rate || BACKEND_NAMES.indexOf(a.backend) - BACKEND_NAMES.indexOf(b.backend),
    );
}

/** True if the survey tried this backend and found it not right. */
export function isRefused(reports: readonly BackendReport[], backend: BackendName): boolean {
  return reports.some((report) => report.backend === backend && report.verdict !== 'right');
}

/** The fastest, unless the current one, or else one off the busy GPU, is as fast within the margin. */
function pick(
  ranked: readonly Rated[],
  current: BackendName | null,
  gpuIsBusy: boolean,
): BackendName {
  const best = ranked[0];
  if (best === undefined) return LAST_RESORT;
  const goodEnough = ranked.filter(({ rate }) => rate * SWITCH_MARGIN >= best.rate);
  const kept = goodEnough.find(({ backend }) => backend === current);
  if (kept !== undefined) return kept.backend;
  const elsewhere = goodEnough.find(({ backend }) => !ON_GPU.has(backend));
  return gpuIsBusy && elsewhere !== undefined ? elsewhere.backend : best.backend;
}

/**
 * `current` is the choice in use or remembered on this device; it wins against differences that may
 * be noise. A head trains beside live prediction, so with embedding on the GPU an equally fast head
 * backend elsewhere is preferred. An override is followed unless the survey refused that backend; one
 * that was not surveyed is followed (opening it checks it). Never throws; with reports of which none
 * is right: `cpu`; without reports: `current`, else the starting choice.
 */
export function chooseBackends(options: {
  readonly reports: readonly BackendReport[];
  readonly override?: BackendOverride;
  readonly current?: BackendChoice | null;
}): BackendChoice {
  const { reports, override = { embedding: 'auto', head: 'auto' }, current = null } = options;
  const choose = (workload: Workload, gpuIsBusy: boolean): BackendName => {
    const wanted = override[workload];
    if (wanted !== 'auto' && !isRefused(reports, wanted)) return wanted;
    if (reports.length === 0) return (current ?? STARTING_CHOICE)[workload];
    return pick(rank(reports, workload), current?.[workload] ?? null, gpuIsBusy);
  };
  const embedding = choose('embedding', false);
  return { embedding, head: choose('head', ON_GPU.has(embedding)) };
}

/**
 * What to fall through when a backend fails: right ones, best for embedding first, `cpu` last.
 * Without reports: the starting choice, then `cpu`.
 */
export function fallbackOrder(reports: readonly BackendReport[]): readonly BackendName[] {
  const usable =
    reports.length === 0
      ? [STARTING_CHOICE.embedding]
      : rank(reports, 'embedding').map(({ backend }) => backend);
  return [...usable.filter((backend) => backend !== LAST_RESORT), LAST_RESORT];
}
