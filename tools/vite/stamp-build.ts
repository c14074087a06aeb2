import type { Plugin } from 'vite';
import { hashSources, writeBuildStamp } from '../build-stamp.ts';
import { DIST_FOLDER, REPOSITORY_ROOT } from '../repository.ts';

/**
 * Notes in dist what it was built from. The hash is taken before the build reads anything: a file
 * saved during the build then makes the next start build again.
 */
export function stampBuild(): Plugin {
  let sources: string | null = null;
  let failed = false;
  return {
    name: 'headstart:stamp-build',
    apply: 'build',
    async buildStart() {
      sources ??= await hashSources(REPOSITORY_ROOT);
    },
    buildEnd(error) {
      if (error) failed = true;
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        if (sources !== null && !failed) await writeBuildStamp(DIST_FOLDER, sources);
      },
    },
  };
}
