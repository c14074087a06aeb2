import { describe, expect, it } from 'vitest';
import { findBrowser, findOrInstallBrowser, WHAT_TO_TYPE, type Machine } from './find-browser.ts';

interface FakeMachine extends Machine {
  readonly commands: string[];
}

function machine(options: {
  platform?: NodeJS.Platform;
  files?: readonly string[];
  environment?: Record<string, string>;
  own?: string | null;
  isRoot?: boolean;
  /** What a successful command puts on the disk; commands not named here fail. */
  installs?: Readonly<Record<string, string>>;
}): FakeMachine {
  const files = new Set(options.files);
  const commands: string[] = [];
  return {
    platform: options.platform ?? 'linux',
    environment: options.environment ?? { PATH: '/usr/local/bin:/usr/bin' },
    isRoot: options.isRoot ?? false,
    isExecutable: (file) => files.has(file),
    playwrightChromium: () => options.own ?? null,
    run: (command, args) => {
      const line = [command, ...args].join(' ');
      commands.push(line);
      const key = Object.keys(options.installs ?? {}).find((start) => line.startsWith(start));
      if (key === undefined) return false;
      const installed = options.installs?.[key];
      if (installed !== undefined) files.add(installed);
      return true;
    },
    log: () => undefined,
    commands,
  };
}

describe('findBrowser', () => {
  const files = ['/named/chrome', '/own/chrome', '/usr/bin/chromium'];
  it('takes the named one first, then Playwright’s, then the system’s', () => {
    const environment = { PATH: '/usr/bin', HEADSTART_BROWSER: '/named/chrome' };
    expect(findBrowser(machine({ files, environment, own: '/own/chrome' }))).toEqual({
      path: '/named/chrome',
      origin: 'environment',
    });
    expect(findBrowser(machine({ files, own: '/own/chrome' }))?.origin).toBe('playwright');
    expect(findBrowser(machine({ files, own: '/own/missing' }))).toEqual({
      path: '/usr/bin/chromium',
      origin: 'system',
    });
    expect(findBrowser(machine({ files: [] }))).toBeNull();
  });

  it('does not quietly use another than the named one', () => {
    const environment = { HEADSTART_BROWSER: '/not/there' };
    expect(() => findBrowser(machine({ files, environment }))).toThrow('/not/there');
  });

  it('treats an empty variable as none', () => {
    const environment = { PATH: '/usr/bin', HEADSTART_BROWSER: '' };
    expect(findBrowser(machine({ files, environment }))?.origin).toBe('system');
  });

  it('knows where macOS and Windows keep theirs', () => {
    const mac = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(findBrowser(machine({ platform: 'darwin', files: [mac] }))?.path).toBe(mac);
    const windows = 'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe';
    const environment = { PROGRAMFILES: 'C:\\Program Files' };
    expect(findBrowser(machine({ platform: 'win32', files: [windows], environment }))?.path).toBe(
      windows,
    );
  });
});

describe('findOrInstallBrowser', () => {
  it('installs nothing when there is one', () => {
    const fake = machine({ files: ['/usr/bin/chromium'] });
    findOrInstallBrowser(fake);
    expect(fake.commands).toEqual([]);
  });

  it('tries Playwright’s download first', () => {
    const fake = machine({ own: '/own/chrome', installs: { 'npx playwright': '/own/chrome' } });
    expect(findOrInstallBrowser(fake)).toEqual({ path: '/own/chrome', origin: 'installed' });
    expect(fake.commands).toEqual(['npx playwright install chromium']);
  });

  it('falls back to apt, as root only', () => {
    const installs = { 'apt-get install': '/usr/bin/chromium', 'apt-get update': '/ignored' };
    const root = machine({ installs, isRoot: true });
    expect(findOrInstallBrowser(root).path).toBe('/usr/bin/chromium');
    const user = machine({ installs });
    expect(() => findOrInstallBrowser(user)).toThrow(WHAT_TO_TYPE);
    expect(user.commands.some((line) => line.startsWith('apt-get'))).toBe(false);
  });

  it('says what to type when nothing works', () => {
    expect(() => findOrInstallBrowser(machine({ isRoot: true }))).toThrow(
      'npx playwright install --with-deps chromium',
    );
  });
});
