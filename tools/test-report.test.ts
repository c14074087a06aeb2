import { describe, expect, it } from 'vitest';
import { addCounts, countPlaywright, countVitest, formatCount } from './test-report.ts';

describe('countVitest', () => {
  const numbers = {
    numPassedTests: 12,
    numFailedTests: 1,
    numPendingTests: 2,
    numTodoTests: 1,
  };

  it('adds up single tests', () => {
    const file = { status: 'failed', assertionResults: [{ status: 'failed' }] };
    expect(countVitest({ ...numbers, testResults: [file] })).toEqual({
      passed: 12,
      failed: 1,
      skipped: 3,
    });
  });

  it('counts a file that could not be loaded as a failure', () => {
    const broken = { status: 'failed', assertionResults: [], message: 'cannot find module' };
    const brokenAfterwards = { status: 'failed', assertionResults: [{ status: 'passed' }] };
    expect(countVitest({ ...numbers, testResults: [broken, brokenAfterwards] }).failed).toBe(3);
  });

  it('refuses what is no report', () => {
    expect(() => countVitest(null)).toThrow('not a Vitest report');
    expect(() => countVitest({ numPassedTests: 3 })).toThrow('numFailedTests');
  });
});

describe('countPlaywright', () => {
  it('adds up single tests and errors outside of them', () => {
    const stats = { expected: 5, unexpected: 2, flaky: 1, skipped: 3 };
    expect(countPlaywright({ stats, errors: [] })).toEqual({ passed: 6, failed: 2, skipped: 3 });
    expect(countPlaywright({ stats, errors: [{ message: 'no server' }] }).failed).toBe(3);
  });

  it('refuses what is no report', () => {
    expect(() => countPlaywright({})).toThrow('not a Playwright report');
  });
});

it('ends in one line', () => {
  const sum = addCounts([
    { passed: 10, failed: 0, skipped: 1 },
    { passed: 5, failed: 2, skipped: 0 },
  ]);
  expect(formatCount(sum)).toBe('15 passed, 2 failed, 1 skipped');
  expect(formatCount(addCounts([]))).toBe('0 passed, 0 failed, 0 skipped');
});
