/**
 * Checks the import rules of .dependency-cruiser.js over the whole graph of src, and that the check
 * itself works: every file has been looked at, and every rule notices the violation planted for it.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import {
  cruise,
  type ICruiseResult,
  type IFlattenedRuleSet,
  type IViolation,
} from 'dependency-cruiser';
import configuration from '../.dependency-cruiser.js';
import { REPOSITORY_ROOT, fromRoot } from './repository.ts';

const FIXTURE_FOLDER = fromRoot('tools', 'boundary-fixture');

async function cruiseSources(baseDir: string): Promise<ICruiseResult> {
  const previous = process.cwd();
  // The rules name paths relative to the folder that is cruised from.
  process.chdir(baseDir);
  try {
    const { exclude, ...options } = configuration.options;
    const { output } = await cruise(['src'], {
      ...options,
      ...(baseDir === REPOSITORY_ROOT ? { exclude } : {}),
      ruleSet: { forbidden: configuration.forbidden } as IFlattenedRuleSet,
      validate: true,
      baseDir,
    });
    if (typeof output === 'string') throw new Error('dependency-cruiser gave text, not a result');
    return output;
  } finally {
    process.chdir(previous);
  }
}

function sourceFiles(baseDir: string): readonly string[] {
  return readdirSync(path.join(baseDir, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts'))
    .map((file) => path.posix.join('src', file.split(path.sep).join('/')));
}

function describeViolation({ rule, from, to, comment }: IViolation): string {
  return `  ${rule.name}: ${from} → ${to}${comment === undefined ? '' : `\n      ${comment}`}`;
}

async function check(): Promise<boolean> {
  const result = await cruiseSources(REPOSITORY_ROOT);
  const seen = new Set(result.modules.map((module) => module.source));
  const missed = sourceFiles(REPOSITORY_ROOT).filter((file) => !seen.has(file));
  const violations = result.summary.violations;
  const dependencies = result.summary.totalDependenciesCruised ?? 0;

  const fixture = await cruiseSources(FIXTURE_FOLDER);
  const noticed = new Set(fixture.summary.violations.map(({ rule }) => rule.name));
  const blind = configuration.forbidden.filter(({ name }) => !noticed.has(name));

  for (const violation of violations) console.error(describeViolation(violation));
  for (const file of missed) console.error(`  not looked at: ${file}`);
  for (const { name } of blind) {
    console.error(`  rule "${name}" does not notice its violation in tools/boundary-fixture`);
  }
  const summary = `${seen.size} modules, ${dependencies} imports, ${configuration.forbidden.length} rules`;
  const passed =
    violations.length === 0 && missed.length === 0 && blind.length === 0 && dependencies > 0;
  if (passed) console.log(`Boundaries hold: ${summary}; every rule notices its planted violation.`);
  else console.error(`Boundaries broken: ${summary}; ${violations.length} violations.`);
  return passed;
}

process.exitCode = (await check()) ? 0 : 1;
