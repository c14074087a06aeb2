import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  cacheControl,
  parseRange,
  startStaticServer,
  toRelativePath,
  type RunningServer,
} from './static-server.ts';

let folder = '';
let server: RunningServer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'headstart-server-'));
  await mkdir(path.join(folder, 'dist/assets'), { recursive: true });
  await mkdir(path.join(folder, 'dist/wasm'));
  await mkdir(path.join(folder, 'overlay/models'), { recursive: true });
  await writeFile(path.join(folder, 'secret.txt'), 'secret');
  await writeFile(path.join(folder, 'dist/index.html'), '<!doctype html>page');
  await writeFile(path.join(folder, 'dist/.build-stamp.json'), '{}');
  await writeFile(path.join(folder, 'dist/empty.bin'), '');
  await writeFile(path.join(folder, 'dist/assets/index-Ab12_-xY.js'), 'export {};');
  await writeFile(path.join(folder, 'dist/wasm/a.wasm'), '0123456789');
  await writeFile(path.join(folder, 'overlay/models/index.json'), '{"ids":[]}');
  await symlink(path.join(folder, 'secret.txt'), path.join(folder, 'dist/link.txt'));
  server = await startStaticServer({
    root: path.join(folder, 'dist'),
    overlays: [path.join(folder, 'overlay')],
  });
});
afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** fetch tidies paths up before it sends them; an attacker does not. */
function statusOfRawPath(rawPath: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(
      { host: '127.0.0.1', port: server.port, path: rawPath },
      (incoming) => {
        incoming.resume();
        resolve(incoming.statusCode ?? 0);
      },
    );
    outgoing.on('error', reject);
    outgoing.end();
  });
}

describe('toRelativePath', () => {
  it('never leads out of the folder', () => {
    const segment = fc.oneof(
      fc.constantFrom('..', '.', '%2e%2e', '..%2f', '%5c..', '%00', 'a', 'C:', '.git', '//'),
      fc.string({ maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
        const relative = toRelativePath(`/${segments.join('/')}`);
        if (relative === null) return;
        const full = path.posix.resolve('/served', relative);
        expect(full === '/served' || full.startsWith('/served/')).toBe(true);
        expect(relative.split('/').some((part) => part.startsWith('.'))).toBe(false);
      }),
    );
  });

  it('finds pages and decodes names', () => {
    expect(toRelativePath('/')).toBe('index.html');
    expect(toRelativePath('/a/?x=1#y')).toBe('a/index.html');
    expect(toRelativePath('/models/gr%C3%BCn.json')).toBe('models/grün.json');
    expect(toRelativePath('/%zz')).toBeNull();
  });
});

describe('cacheControl', () => {
  it('keeps only hashed names for ever', () => {
    expect(cacheControl('assets/index-Ab12_-xY.js')).toContain('immutable');
    for (const name of ['index.html', 'sw.js', 'assets/logo.svg', 'wasm/a.wasm', 'models/i.json']) {
      expect(cacheControl(name)).toBe('no-cache');
    }
  });
});

describe('parseRange', () => {
  it('reads every form of the standard', () => {
    expect(parseRange(undefined, 10)).toBe('whole');
    expect(parseRange('bytes=2-4', 10)).toEqual({ start: 2, end: 4 });
    expect(parseRange('bytes=2-', 10)).toEqual({ start: 2, end: 9 });
    expect(parseRange('bytes=-3', 10)).toEqual({ start: 7, end: 9 });
    expect(parseRange('bytes=-30', 10)).toEqual({ start: 0, end: 9 });
    expect(parseRange('bytes=8-99', 10)).toEqual({ start: 8, end: 9 });
    expect(parseRange('bytes=10-', 10)).toBe('unsatisfiable');
    expect(parseRange('bytes=4-2', 10)).toBe('whole');
    expect(parseRange('bytes=0-1,4-5', 10)).toBe('whole');
    expect(parseRange('lines=1-2', 10)).toBe('whole');
  });
});

describe('the server', () => {
  it('sends the right type, policy and caching', async () => {
    const page = await fetch(server.url);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('cache-control')).toBe('no-cache');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(page.headers.get('x-content-type-options')).toBe('nosniff');
    const script = await fetch(`${server.url}assets/index-Ab12_-xY.js`);
    expect(script.headers.get('content-type')).toContain('text/javascript');
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect(script.headers.get('content-security-policy')).toContain('wasm-unsafe-eval');
    const wasm = await fetch(`${server.url}wasm/a.wasm`);
    expect(wasm.headers.get('content-type')).toBe('application/wasm');
    expect((await fetch(`${server.url}empty.bin`)).status).toBe(200);
  });

  it('sends parts, and only of the file that was begun', async () => {
    const url = `${server.url}wasm/a.wasm`;
    const part = await fetch(url, { headers: { Range: 'bytes=3-5' } });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe('bytes 3-5/10');
    expect(await part.text()).toBe('345');
    const etag = part.headers.get('etag') ?? '';
    const same = await fetch(url, { headers: { Range: 'bytes=8-', 'If-Range': etag } });
    expect(await same.text()).toBe('89');
    const other = await fetch(url, { headers: { Range: 'bytes=8-', 'If-Range': '"other"' } });
    expect(other.status).toBe(200);
    expect((await fetch(url, { headers: { Range: 'bytes=10-' } })).status).toBe(416);
    const known = await fetch(url, { headers: { 'If-None-Match': etag } });
    expect(known.status).toBe(304);
  });

  it('answers a missing file with 404 and a page that is not there with the app', async () => {
    const missing = await fetch(`${server.url}models/none/manifest.json`);
    expect(missing.status).toBe(404);
    const page = await fetch(`${server.url}deep/link`, { headers: { Accept: 'text/html' } });
    expect(page.url).toBe(server.url);
    expect(await page.text()).toContain('page');
    expect((await fetch(server.url, { method: 'POST' })).status).toBe(405);
  });

  it('looks into overlays first', async () => {
    const index = await fetch(`${server.url}models/index.json`);
    expect(await index.json()).toEqual({ ids: [] });
  });

  it('serves nothing outside its folders and no dot file', async () => {
    for (const rawPath of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/assets/../../secret.txt',
      '/..\\secret.txt',
      '/link.txt',
      '/.build-stamp.json',
      '/assets',
    ]) {
      expect(await statusOfRawPath(rawPath), rawPath).toBe(404);
    }
  });

  it('takes the next free port, and gives up with an error when there is none', async () => {
    const root = path.join(folder, 'dist');
    const next = await startStaticServer({ root, port: server.port, portAttempts: 20 });
    expect(next.port).toBeGreaterThan(server.port);
    await next.close();
    await expect(startStaticServer({ root, port: server.port, portAttempts: 1 })).rejects.toThrow(
      'EADDRINUSE',
    );
  });

  it('is gone after close, open connections included', async () => {
    const other = await startStaticServer({ root: path.join(folder, 'dist') });
    expect((await fetch(other.url)).status).toBe(200);
    await other.close();
    await expect(fetch(other.url)).rejects.toThrow();
  });
});
