import { defineConfig, devices, type Project } from '@playwright/test';
import { REPORT_VARIABLE } from './tools/browser-tests.ts';
import { findBrowser, thisMachine } from './tools/find-browser.ts';

/** Set by our runner; looked for here when Playwright is started by hand. */
const browserPath = findBrowser(await thisMachine())?.path;
const reportFile = process.env[REPORT_VARIABLE];

/** Quiet: no look-ups of hosts that a closed network does not have, and a camera without a prompt. */
const COMMON_FLAGS = [
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** WebGPU and WebGL in software, for machines without a GPU. Slow: only where they are the subject. */
const SOFTWARE_GPU_FLAGS = [
  '--enable-unsafe-webgpu',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-webgpu-adapter=swiftshader',
  '--enable-unsafe-swiftshader',
];

/**
 * Nothing is drawn through a GPU where none is the subject: drawing pages through a software one took
 * half of the processor's time.
 */
const NO_GPU_FLAGS = ['--disable-gpu'];

function project(name: string, extraFlags: readonly string[] = []): Project {
  return {
    name,
    testDir: `./e2e/${name}`,
    use: {
      ...devices['Desktop Chrome'],
      viewport: { width: 1440, height: 900 },
      launchOptions: {
        args: [...COMMON_FLAGS, ...extraFlags],
        ...(browserPath === undefined ? {} : { executablePath: browserPath }),
      },
    },
  };
}

export default defineConfig({
  testDir: './e2e',
  outputDir: './test-results',
  // Two slow cores, and software rendering beside them.
  workers: 2,
  fullyParallel: false,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // A test that passes at the second attempt has found something.
  retries: 0,
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [
    ['list'],
    ...(reportFile === undefined ? [] : [['json', { outputFile: reportFile }] as const]),
  ],
  use: {
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    locale: 'en-GB',
    screenshot: 'only-on-failure',
    // Recording every test took as long again as the tests: only when a failure is looked into.
    trace: process.env['HEADSTART_TRACE'] === undefined ? 'off' : 'retain-on-failure',
    serviceWorkers: 'allow',
  },
  projects: [
    project('journeys', NO_GPU_FLAGS),
    project('offline', NO_GPU_FLAGS),
    project('faults', NO_GPU_FLAGS),
    project('engine', SOFTWARE_GPU_FLAGS),
  ],
});
