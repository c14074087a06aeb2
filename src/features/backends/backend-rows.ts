/** What was measured, put into the rows of the backend table. */
import { BACKEND_NAMES, type BackendName, type BackendReport } from '../../domain/backend.ts';
import type { EngineSlice } from '../../state/store-types.ts';

export interface BackendRow {
  readonly backend: BackendName;
  /** The verdict of its report, or why there is none. */
  readonly verdict: BackendReport['verdict'] | 'measuring' | 'not-measured';
  readonly report: BackendReport | null;
  readonly usedFor: 'embedding' | 'head' | 'both' | null;
  /** Share of the fastest right backend's rate, in [0, 1]; for the bars behind the numbers. */
  readonly imageShare: number;
  readonly stepShare: number;
}

/** One row per backend there is, always in the same order. */
export function backendRows(
  backends: Pick<EngineSlice['backends'], 'reports' | 'inUse' | 'surveying'>,
): readonly BackendRow[] {
  const right = backends.reports.filter((report) => report.verdict === 'right');
  const bestImages = Math.max(0, ...right.map((report) => report.imagesPerSecond ?? 0));
  const bestSteps = Math.max(0, ...right.map((report) => report.headStepsPerSecond ?? 0));
  return BACKEND_NAMES.map((backend) => {
    const report = backends.reports.find((other) => other.backend === backend) ?? null;
    const isRight = report?.verdict === 'right';
    return {
      backend,
      verdict: report?.verdict ?? (backends.surveying === backend ? 'measuring' : 'not-measured'),
      report,
      usedFor: usedFor(backend, backends.inUse),
      imageShare: isRight ? shareOf(report.imagesPerSecond, bestImages) : 0,
      stepShare: isRight ? shareOf(report.headStepsPerSecond, bestSteps) : 0,
    };
  });
}

function shareOf(rate: number | null, best: number): number {
  return rate === null || best === 0 ? 0 : rate / best;
}

function usedFor(
  backend: BackendName,
  inUse: EngineSlice['backends']['inUse'],
): BackendRow['usedFor'] {
  const embedding = inUse?.embedding === backend;
  const head = inUse?.head === backend;
  if (embedding && head) return 'both';
  if (embedding) return 'embedding';
  return head ? 'head' : null;
}

/** The larger of the two deviations from the stored reference; null when neither was measured. */
export function largestDeviation(report: BackendReport): number | null {
  const known = [report.forwardError, report.gradientError].filter((error) => error !== null);
  return known.length === 0 ? null : Math.max(...known);
}
