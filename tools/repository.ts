/** Where things are, relative to the root of the checkout. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const REPOSITORY_ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
export const DIST_FOLDER = path.join(REPOSITORY_ROOT, 'dist');
export const MODELS_FOLDER = path.join(REPOSITORY_ROOT, 'public', 'models');
/** Reports and other leftovers of the tools; never part of a build. */
export const CACHE_FOLDER = path.join(REPOSITORY_ROOT, 'node_modules', '.cache', 'headstart');
export const BUILT_IN_BACKBONE = 'headstart-v2-050';

export function fromRoot(...parts: readonly string[]): string {
  return path.join(REPOSITORY_ROOT, ...parts);
}

export function readAppVersion(): string {
  const parsed: unknown = JSON.parse(readFileSync(fromRoot('package.json'), 'utf8'));
  if (typeof parsed === 'object' && parsed !== null && 'version' in parsed) {
    return String(parsed.version);
  }
  throw new Error('package.json has no version');
}
