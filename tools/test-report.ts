/** Reads the JSON reports of Vitest and Playwright and adds up what was run. */

export interface TestCount {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const NOTHING: TestCount = { passed: 0, failed: 0, skipped: 0 };

export function addCounts(counts: readonly TestCount[]): TestCount {
  return counts.reduce(
    (sum, count) => ({
      passed: sum.passed + count.passed,
      failed: sum.failed + count.failed,
      skipped: sum.skipped + count.skipped,
    }),
    NOTHING,
  );
}

/** The last line of `npm test`; nothing else stands on it. */
export function formatCount({ passed, failed, skipped }: TestCount): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function numberAt(record: Readonly<Record<string, unknown>>, key: string): number {
  const value = record[key];
  if (typeof value !== 'number') throw new Error(`the report has no number "${key}"`);
  return value;
}

function listAt(record: Readonly<Record<string, unknown>>, key: string): readonly unknown[] {
  const value = record[key];
  return Array.isArray(value) ? value : [];
}

/**
 * Counts single tests. A file that could not even be loaded has no tests in the report; it counts
 * as one failure, or a broken import would look like fewer tests.
 */
export function countVitest(report: unknown): TestCount {
  if (!isRecord(report)) throw new Error('not a Vitest report');
  const brokenFiles = listAt(report, 'testResults').filter(
    (file) =>
      isRecord(file) &&
      file['status'] === 'failed' &&
      !listAt(file, 'assertionResults').some(
        (test) => isRecord(test) && test['status'] === 'failed',
      ),
  ).length;
  return {
    passed: numberAt(report, 'numPassedTests'),
    failed: numberAt(report, 'numFailedTests') + brokenFiles,
    skipped: numberAt(report, 'numPendingTests') + numberAt(report, 'numTodoTests'),
  };
}

/** Counts single tests; errors outside of any test count as failures. A flaky test has passed. */
export function countPlaywright(report: unknown): TestCount {
  if (!isRecord(report) || !isRecord(report['stats'])) throw new Error('not a Playwright report');
  const stats = report['stats'];
  return {
    passed: numberAt(stats, 'expected') + numberAt(stats, 'flaky'),
    failed: numberAt(stats, 'unexpected') + listAt(report, 'errors').length,
    skipped: numberAt(stats, 'skipped'),
  };
}
