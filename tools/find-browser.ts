/**
 * Finds a Chromium for the browser tests without anybody having to set one up: a named one,
 * Playwright's own, one of the system; failing that it installs one.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

export const BROWSER_VARIABLE = 'HEADSTART_BROWSER';

/** What the search needs to know of the machine; replaced in tests. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  readonly isExecutable: (file: string) => boolean;
  /** Where Playwright would have put its own Chromium; null if it cannot say. */
  readonly playwrightChromium: () => string | null;
  /** Runs a command with its output shown; true when it succeeded. */
  readonly run: (command: string, args: readonly string[]) => boolean;
  readonly log: (line: string) => void;
}

export interface FoundBrowser {
  readonly path: string;
  readonly origin: 'environment' | 'playwright' | 'system' | 'installed';
}

const SYSTEM_NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
];

export function systemCandidates({ platform, environment }: Machine): readonly string[] {
  if (platform === 'win32') {
    const bases = [
      environment['PROGRAMFILES'],
      environment['PROGRAMFILES(X86)'],
      environment['LOCALAPPDATA'],
    ];
    return bases.flatMap((base) =>
      base === undefined
        ? []
        : [
            path.win32.join(base, 'Google\\Chrome\\Application\\chrome.exe'),
            path.win32.join(base, 'Chromium\\Application\\chrome.exe'),
          ],
    );
  }
  const folders = (environment['PATH'] ?? '').split(':').filter((folder) => folder !== '');
  const onPath = SYSTEM_NAMES.flatMap((name) => folders.map((folder) => `${folder}/${name}`));
  if (platform !== 'darwin') {
    return [
      ...onPath,
      '/usr/bin/chromium',
      '/usr/bin/google-chrome',
      '/snap/bin/chromium',
      '/opt/google/chrome/chrome',
    ];
  }
  const applications = ['/Applications', `${environment['HOME'] ?? ''}/Applications`];
  const bundles = applications.flatMap((folder) => [
    `${folder}/Google Chrome.app/Contents/MacOS/Google Chrome`,
    `${folder}/Chromium.app/Contents/MacOS/Chromium`,
  ]);
  return [...bundles, ...onPath];
}

/** Looks only; installs nothing. Throws if the browser named by the variable cannot be run. */
export function findBrowser(machine: Machine): FoundBrowser | null {
  const named = machine.environment[BROWSER_VARIABLE];
  if (named !== undefined && named !== '') {
    if (machine.isExecutable(named)) return { path: named, origin: 'environment' };
    // Using another one instead would hide the mistake.
    throw new Error(`${BROWSER_VARIABLE} names ${named}, which is not there or cannot be run.`);
  }
  const own = machine.playwrightChromium();
  if (own !== null && machine.isExecutable(own)) return { path: own, origin: 'playwright' };
  const system = systemCandidates(machine).find((file) => machine.isExecutable(file));
  return system === undefined ? null : { path: system, origin: 'system' };
}

export const WHAT_TO_TYPE = `No Chromium or Chrome was found, and none could be installed. Type one of these, then run the tests again:
  npx playwright install --with-deps chromium
  sudo apt-get install -y chromium          (Debian, Ubuntu)
  brew install --cask chromium              (macOS)
  winget install Google.Chrome              (Windows)
Or name one that is somewhere else: ${BROWSER_VARIABLE}=/path/to/chrome npm test`;

/** Finds a browser or installs one. Throws an error that says what to type if there is no way. */
export function findOrInstallBrowser(machine: Machine): FoundBrowser {
  const found = findBrowser(machine);
  if (found !== null) return found;

  machine.log('No browser found. Trying Playwright’s own download…');
  if (machine.run('npx', ['playwright', 'install', 'chromium'])) {
    const own = findBrowser(machine);
    if (own !== null) return { ...own, origin: 'installed' };
  }
  if (machine.platform === 'linux' && machine.isRoot) {
    machine.log('That did not work. Trying the system’s package manager…');
    machine.run('apt-get', ['update']);
    if (machine.run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'])) {
      const system = findBrowser(machine);
      if (system !== null) return { ...system, origin: 'installed' };
    }
  }
  throw new Error(WHAT_TO_TYPE);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, process.platform === 'win32' ? constants.F_OK : constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export async function thisMachine(): Promise<Machine> {
  const { chromium } = await import('@playwright/test');
  return {
    platform: process.platform,
    environment: process.env,
    isRoot: process.getuid?.() === 0,
    isExecutable,
    playwrightChromium: () => {
      try {
        return chromium.executablePath();
      } catch {
        return null; // not published for this system
      }
    },
    run: (command, args) => {
      const result = spawnSync(command, args, {
        stdio: 'inherit',
        shell: process.platform === 'win32',
        env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      });
      return result.status === 0;
    },
    log: (line) => {
      console.log(line);
    },
  };
}
