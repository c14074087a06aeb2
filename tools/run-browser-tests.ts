/** `npm run test:browser -- <arguments of playwright test>`: builds if needed, then tests. */
import { runBrowserTests } from './browser-tests.ts';
import { runBinary } from './run-binary.ts';

try {
  const built = await runBinary('tsx', ['tools/ensure-build.ts']);
  process.exitCode = built === 0 ? await runBrowserTests(process.argv.slice(2)) : built;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
