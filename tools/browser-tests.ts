/** Runs Playwright with the browser that was found, and leaves its JSON report in the cache. */
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { BROWSER_VARIABLE, findOrInstallBrowser, thisMachine } from './find-browser.ts';
import { CACHE_FOLDER } from './repository.ts';
import { runBinary } from './run-binary.ts';

export const PLAYWRIGHT_REPORT = path.join(CACHE_FOLDER, 'playwright.json');
/** Where playwright.config.ts writes its JSON report to; none is written without it. */
export const REPORT_VARIABLE = 'HEADSTART_BROWSER_REPORT';

/** Exit code of Playwright. Throws, saying what to type, if there is no browser. */
export async function runBrowserTests(args: readonly string[]): Promise<number> {
  const browser = findOrInstallBrowser(await thisMachine());
  console.log(`Browser: ${browser.path} (${browser.origin})`);
  await mkdir(CACHE_FOLDER, { recursive: true });
  await rm(PLAYWRIGHT_REPORT, { force: true });
  return runBinary('playwright', ['test', ...args], {
    environment: {
      [BROWSER_VARIABLE]: browser.path,
      [REPORT_VARIABLE]: PLAYWRIGHT_REPORT,
    },
  });
}
