/** Builds `dist` unless it is up to date. */
import { ensureBuild } from './build-app.ts';

try {
  const outcome = await ensureBuild();
  console.log(outcome === 'fresh' ? 'dist is up to date.' : 'dist is built.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
