import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BackboneCard } from '../../domain/backbone-card.ts';
import type { ModelStore } from '../../storage/model-store.ts';
import { createModelStore } from '../../storage/open-model-store.ts';
import { openDatabase, type Database } from '../../storage/open-database.ts';
import { StorageError } from '../../storage/storage.ts';
import { fakeCard } from '../../testing/fake-engine-worker.ts';
import { downloadBackbone, isDownloaded, loadArtifacts } from './model-download.ts';
import { manifestPaths } from './model-files.ts';

const WEIGHTS = Buffer.from(Uint8Array.from({ length: 700_000 }, (_, i) => (i * 31) % 251));
const MODEL = Buffer.from(JSON.stringify({ weightsManifest: [{ paths: ['shard1', 'shard2'] }] }));
const FILES: Record<string, Buffer> = {
  '/m/model.json': MODEL,
  '/m/shard1': WEIGHTS.subarray(0, 400_000),
  '/m/shard2': WEIGHTS.subarray(400_000),
};
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

let server: Server;
let database: Database;
let store: ModelStore;
let requests: { url: string; range: string | undefined }[];
/** Drops the connection after so many bytes of a file, once. */
let breakAfter: number | null;
let honoursRange: boolean;
let tellsLength: boolean;
let databases = 0;

beforeEach(async () => {
  requests = [];
  breakAfter = null;
  honoursRange = true;
  tellsLength = true;
  server = createServer((request, response) => {
    const file = FILES[(request.url ?? '').replace(/\?.*$/, '')];
    requests.push({ url: request.url ?? '', range: request.headers.range });
    if (file === undefined) {
      response.writeHead(404).end();
      return;
    }
    const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const partial = honoursRange && request.headers.range !== undefined;
    const body = partial ? file.subarray(from) : file;
    if (partial && from >= file.length) {
      response.writeHead(416).end();
      return;
    }
    response.writeHead(partial ? 206 : 200, {
      ...(tellsLength && { 'content-length': body.length }),
      ...(partial &&
        tellsLength && {
          'content-range': `bytes ${String(from)}-${String(file.length - 1)}/${String(file.length)}`,
        }),
    });
    if (breakAfter !== null && body.length > breakAfter) {
      response.write(body.subarray(0, breakAfter), () => setTimeout(() => response.destroy(), 30));
      breakAfter = null;
    } else {
      response.end(body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  database = await openDatabase(`download-${String(++databases)}`);
  store = createModelStore(database);
});

afterEach(async () => {
  database.close();
  server.closeAllConnections();
  if (server.listening) await new Promise((resolve) => server.close(resolve));
});

function card(sha: Partial<Record<'model.json' | 'shard1' | 'shard2', string>> = {}): BackboneCard {
  const { port } = server.address() as AddressInfo;
  const paths = ['model.json', 'shard1', 'shard2'] as const;
  return {
    ...fakeCard('far-away'),
    source: {
      kind: 'download',
      modelUrl: `http://127.0.0.1:${String(port)}/m/model.json`,
      publisher: 'test',
    },
    files: paths.map((path) => ({
      path,
      bytes: FILES[`/m/${path}`]?.length ?? 0,
      sha256: sha[path] ?? null,
    })),
    totalBytes: MODEL.length + WEIGHTS.length,
  };
}

function download(of: BackboneCard): Promise<void> {
  const { signal } = new AbortController();
  return downloadBackbone(of, { fetch, store, signal, onProgress: () => undefined });
}

describe('downloadBackbone', () => {
  it('brings every file, and the bytes come back in manifest order', async () => {
    const progress: number[] = [];
    await downloadBackbone(card(), {
      fetch,
      store,
      signal: new AbortController().signal,
      onProgress: ({ receivedBytes }) => progress.push(receivedBytes),
    });
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(progress.at(-1)).toBe(MODEL.length + WEIGHTS.length);
    expect(await isDownloaded(card(), store)).toBe(true);
    const { weights, weightsSha256 } = await loadArtifacts(card(), {
      fetch,
      store,
      baseUrl: 'http://x/',
    });
    expect(Buffer.from(weights).equals(WEIGHTS)).toBe(true);
    expect(weightsSha256).toBe(sha256(WEIGHTS));
  });

  it('goes on where a broken connection stopped', async () => {
    breakAfter = 300_000;
    await expect(download(card())).rejects.toMatchObject({ code: 'offline' });
    expect(await isDownloaded(card(), store)).toBe(false);
    const received = (await store.list())
      .get('far-away')
      ?.find((file) => file.path === 'shard1')?.receivedBytes;
    expect(received).toBeGreaterThan(0);
    await download(card());
    expect(requests.filter((request) => request.url === '/m/shard1').at(-1)?.range).toBe(
      `bytes=${String(received)}-`,
    );
    const { weightsSha256 } = await loadArtifacts(card(), { fetch, store, baseUrl: 'http://x/' });
    expect(weightsSha256).toBe(sha256(WEIGHTS));
  });

  it('starts a file over when the server ignores the range', async () => {
    breakAfter = 300_000;
    await expect(download(card())).rejects.toMatchObject({ code: 'offline' });
    honoursRange = false;
    await download(card());
    const { weightsSha256 } = await loadArtifacts(card(), { fetch, store, baseUrl: 'http://x/' });
    expect(weightsSha256).toBe(sha256(WEIGHTS));
  });

  it('throws away a file with the wrong hash and says so', async () => {
    await expect(download(card({ shard1: '0'.repeat(64) }))).rejects.toMatchObject({
      code: 'checksum',
    });
    expect((await store.list()).get('far-away')?.some((file) => file.path === 'shard1')).toBe(
      false,
    );
    await download(card({ shard1: sha256(WEIGHTS.subarray(0, 400_000)) }));
    expect(await isDownloaded(card(), store)).toBe(true);
  });

  it('fetches shards that the card did not know of', async () => {
    const whole = card();
    const short = { ...whole, files: whole.files.slice(0, 1) };
    await download(short);
    expect(await isDownloaded(short, store)).toBe(true);
  });

  it('keeps what is there when it is cancelled', async () => {
    const abort = new AbortController();
    const stopped = downloadBackbone(card(), {
      fetch,
      store,
      signal: abort.signal,
      onProgress: ({ receivedBytes }) => {
        if (receivedBytes > MODEL.length) abort.abort();
      },
    });
    await expect(stopped).rejects.toMatchObject({ code: 'aborted' });
    expect((await store.list()).get('far-away')?.length).toBeGreaterThan(0);
  });

  it('starts over when the file has another length by now, or the stored part is too long', async () => {
    const good = FILES['/m/shard1'];
    for (const other of [Buffer.alloc(390_000, 9), Buffer.alloc(100, 9)]) {
      breakAfter = 300_000;
      await expect(download(card())).rejects.toMatchObject({ code: 'offline' });
      FILES['/m/shard1'] = other;
      try {
        await download(card());
        const stored = await store.readFile('far-away', 'shard1');
        expect(Buffer.from(stored ?? new ArrayBuffer(0)).equals(other)).toBe(true);
      } finally {
        if (good !== undefined) FILES['/m/shard1'] = good;
        await store.remove('far-away');
      }
    }
  });

  it('refuses more bytes than a known file has, and keeps none of them', async () => {
    const whole = card();
    const files = whole.files.map((file) =>
      file.path === 'shard1' ? { ...file, bytes: 399_999, sha256: 'f'.repeat(64) } : file,
    );
    for (const withLength of [true, false]) {
      tellsLength = withLength;
      await expect(download({ ...whole, files })).rejects.toMatchObject({ code: 'too-large' });
      const stored = (await store.list()).get('far-away') ?? [];
      expect(stored.map((file) => file.path)).toEqual(['model.json']);
    }
  });

  it('manages without a length from the server, broken connection included', async () => {
    tellsLength = false;
    breakAfter = 300_000;
    await expect(download(card())).rejects.toMatchObject({ code: 'offline' });
    await download(card());
    const { weightsSha256 } = await loadArtifacts(card(), { fetch, store, baseUrl: 'http://x/' });
    expect(weightsSha256).toBe(sha256(WEIGHTS));
  });

  it('says when storage is full, and that there is no network', async () => {
    const appendChunk = () => Promise.reject(new StorageError('quota-exceeded', 'full'));
    const { signal } = new AbortController();
    const options = { fetch, signal, onProgress: () => undefined };
    const toFullStore = downloadBackbone(card(), { ...options, store: { ...store, appendChunk } });
    await expect(toFullStore).rejects.toMatchObject({ code: 'storage-full' });
    const of = card();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await expect(download(of)).rejects.toMatchObject({ code: 'offline' });
  });

  it('removes a stored file that changed, so that downloading again mends it', async () => {
    await download(card());
    await store.markComplete('far-away', 'shard2', '0'.repeat(64));
    const load = () => loadArtifacts(card(), { fetch, store, baseUrl: 'http://x/' });
    await expect(load()).rejects.toMatchObject({ code: 'checksum' });
    expect(await isDownloaded(card(), store)).toBe(false);
    await download(card());
    expect((await load()).weightsSha256).toBe(sha256(WEIGHTS));
  });

  it('asks its own server for another address when the file under that name is another', async () => {
    const asked: string[] = [];
    const listen: typeof fetch = (input, init) => {
      asked.push(new URL(input instanceof Request ? input.url : input).search);
      return fetch(input, init);
    };
    const shard = FILES['/m/shard1'] ?? Buffer.alloc(0);
    const whole = card({ 'model.json': sha256(MODEL), shard1: sha256(shard) });
    const selfHosted: BackboneCard = { ...whole, source: { ...whole.source, kind: 'self-hosted' } };
    await loadArtifacts(selfHosted, { fetch: listen, store, baseUrl: 'http://x/' });
    const version = (bytes: Buffer): string => `?v=${sha256(bytes).slice(0, 16)}`;
    // The second shard has no pinned hash, so its address stays as it is.
    expect(asked.sort()).toEqual(['', version(MODEL), version(shard)].sort());
  });

  it('names a file that the server does not have', async () => {
    const whole = card();
    const gone = {
      ...whole,
      source: { ...whole.source, modelUrl: whole.source.modelUrl.replace('/m/', '/gone/') },
    };
    await expect(download(gone)).rejects.toMatchObject({ code: 'http' });
  });
});

describe('manifestPaths', () => {
  it('refuses names that leave the folder', () => {
    for (const path of ['../evil', '/etc/passwd', 'https://other/x', 'a/b', '']) {
      expect(() => manifestPaths({ weightsManifest: [{ paths: [path] }] })).toThrow();
    }
  });
});
