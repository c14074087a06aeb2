/**
 * `npm test`: every check there is, one after the other (the slow one on one core ahead, beside the
 * first). All of them run, so that one report shows
 * everything that is wrong; only what needs a build is left out when there is none. `--static`
 * leaves the browser out. The very last line is the number of unit and browser tests.
 */
import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { PLAYWRIGHT_REPORT, runBrowserTests } from './browser-tests.ts';
import { CACHE_FOLDER } from './repository.ts';
import { runBinary, startAhead } from './run-binary.ts';
import {
  addCounts,
  countPlaywright,
  countVitest,
  formatCount,
  NOTHING,
  type TestCount,
} from './test-report.ts';

const VITEST_REPORT = path.join(CACHE_FOLDER, 'vitest.json');
/** For tests that could not be run at all: that is never a success. */
const NOT_RUN: TestCount = { passed: 0, failed: 1, skipped: 0 };

interface Outcome {
  readonly passed: boolean;
  readonly count: TestCount;
}

interface Stage {
  readonly name: string;
  /** Without a build there is nothing to look at. */
  readonly needsBuild?: boolean;
  readonly run: () => Promise<Outcome>;
}

function binary(name: string, ...args: readonly string[]): () => Promise<Outcome> {
  return async () => ({ passed: (await runBinary(name, args)) === 0, count: NOTHING });
}

async function readCount(file: string, count: (report: unknown) => TestCount): Promise<TestCount> {
  try {
    return count(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    console.error(`No usable report: ${error instanceof Error ? error.message : String(error)}`);
    return NOT_RUN;
  }
}

async function unitTests(): Promise<Outcome> {
  await mkdir(CACHE_FOLDER, { recursive: true });
  await rm(VITEST_REPORT, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${VITEST_REPORT}`];
  const code = await runBinary('vitest', ['run', ...reporters]);
  const count = await readCount(VITEST_REPORT, countVitest);
  return { passed: code === 0 && count.failed === 0, count };
}

async function browserTests(): Promise<Outcome> {
  try {
    const code = await runBrowserTests([]);
    const count = await readCount(PLAYWRIGHT_REPORT, countPlaywright);
    return { passed: code === 0 && count.failed === 0, count };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return { passed: false, count: NOT_RUN };
  }
}

// No cache: rules that know types depend on other files than the one they look at.
const lint = startAhead('eslint', ['.']);

const BUILD = 'build';
const STAGES: readonly Stage[] = [
  { name: 'format', run: binary('prettier', '--check', '--log-level', 'warn', '.') },
  { name: 'types', run: binary('tsc', '-b') },
  { name: 'boundaries', run: binary('tsx', 'tools/check-boundaries.ts') },
  { name: 'lint', run: async () => ({ passed: (await lint()) === 0, count: NOTHING }) },
  { name: 'unit tests', run: unitTests },
  { name: BUILD, run: binary('tsx', 'tools/ensure-build.ts') },
  { name: 'size', needsBuild: true, run: binary('tsx', 'tools/size-check.ts') },
];
const BROWSER_STAGE: Stage = { name: 'browser tests', needsBuild: true, run: browserTests };

async function runStages(stages: readonly Stage[]): Promise<boolean> {
  const failed: string[] = [];
  const counts: TestCount[] = [];
  for (const stage of stages) {
    console.log(`\n━━ ${stage.name} ━━`);
    if (stage.needsBuild === true && failed.includes(BUILD)) {
      console.error('Not run: there is no build.');
      failed.push(stage.name);
      if (stage === BROWSER_STAGE) counts.push(NOT_RUN);
      continue;
    }
    const startedAt = performance.now();
    const { passed, count } = await stage.run();
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    counts.push(count);
    if (!passed) failed.push(stage.name);
    console.log(`${passed ? '✓' : '✗'} ${stage.name}, ${seconds} s`);
  }
  const verdict =
    failed.length === 0 ? 'Everything is in order.' : `Not in order: ${failed.join(', ')}.`;
  console.log(`\n${verdict}\n${formatCount(addCounts(counts))}`);
  return failed.length === 0;
}

const onlyStatic = process.argv.includes('--static');
process.exitCode = (await runStages(onlyStatic ? STAGES : [...STAGES, BROWSER_STAGE])) ? 0 : 1;
