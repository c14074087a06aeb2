/** Builds `dist` unless it already is a build of the sources as they are. */
import { build } from 'vite';
import { hashSources, isBuildFresh } from './build-stamp.ts';
import { DIST_FOLDER, REPOSITORY_ROOT } from './repository.ts';

export async function ensureBuild(): Promise<'fresh' | 'built'> {
  if (await isBuildFresh(DIST_FOLDER, await hashSources(REPOSITORY_ROOT))) return 'fresh';
  await build({ root: REPOSITORY_ROOT, mode: 'production', logLevel: 'warn' });
  return 'built';
}
