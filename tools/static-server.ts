/**
 * Serves a built app: right MIME types, the content security policy, caching that fits hashed file
 * names, byte ranges (so that a broken model download can go on), and nothing outside its folders.
 */
import { createReadStream } from 'node:fs';
import { open, realpath, type FileHandle } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { headerPolicy } from './content-security-policy.ts';

export interface StaticServerOptions {
  /** Folder to serve. */
  readonly root: string;
  /** Folders looked into first, for files that a test or a school adds to the build. */
  readonly overlays?: readonly string[];
  /** 0 lets the system choose. */
  readonly port?: number;
  /** How many ports after `port` to try when it is taken. */
  readonly portAttempts?: number;
  readonly host?: string;
}

export interface RunningServer {
  /** Ends with a slash. */
  readonly url: string;
  readonly port: number;
  /** Stops listening and cuts every open connection: afterwards the server is gone. */
  readonly close: () => Promise<void>;
}

const MIME_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.bin': 'application/octet-stream',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.woff2': 'font/woff2',
  '.zip': 'application/zip',
};

export function mimeType(file: string): string {
  return MIME_TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
}

/**
 * Turns the path of a request into a path relative to a served folder, or null if it must not be
 * answered: not decodable, leaving the folder, a drive or a NUL in it, or a dot file.
 */
export function toRelativePath(requestUrl: string): string | null {
  const rawPath = requestUrl.split(/[?#]/, 1)[0] ?? '';
  let decoded: string;
  try {
    decoded = decodeURIComponent(rawPath);
  } catch {
    return null;
  }
  if (!decoded.startsWith('/') || /[\0\\:]/.test(decoded)) return null;
  const segments = decoded.split('/').filter((segment) => segment !== '');
  if (segments.some((segment) => segment.startsWith('.'))) return null;
  if (decoded.endsWith('/')) segments.push('index.html');
  return segments.join('/');
}

/** Only names with a content hash may be kept for ever. */
export function cacheControl(relativePath: string): string {
  return /^assets\/.+-[\w-]{8,}\.\w+$/.test(relativePath)
    ? 'public, max-age=31536000, immutable'
    : 'no-cache';
}

export type ByteRange = { readonly start: number; readonly end: number };

/**
 * First and last byte asked for (RFC 9110, section 14). 'whole' when there is no range that is
 * understood, which the standard allows to ignore; 'unsatisfiable' when it lies outside the file.
 */
export function parseRange(
  header: string | undefined,
  size: number,
): ByteRange | 'whole' | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return 'whole';
  const [, first = '', last = ''] = match;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size - 1 };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (start >= size) return 'unsatisfiable';
  return end < start ? 'whole' : { start, end };
}

interface OpenFile {
  readonly handle: FileHandle;
  readonly size: number;
  readonly etag: string;
}

/** Opens a file below `folder`; null if there is none, or if a link leads out of the folder. */
async function openBelow(folder: string, relativePath: string): Promise<OpenFile | null> {
  let handle: FileHandle | null = null;
  try {
    const base = await realpath(folder);
    const real = await realpath(path.join(base, relativePath));
    if (!real.startsWith(base + path.sep)) return null;
    handle = await open(real, 'r');
    const info = await handle.stat();
    if (info.isFile()) {
      const etag = `"${info.size.toString(16)}-${Math.trunc(info.mtimeMs).toString(16)}"`;
      return { handle, size: info.size, etag };
    }
  } catch {
    // not there or not readable: the same answer
  }
  await handle?.close();
  return null;
}

function isNavigation(request: IncomingMessage, relativePath: string): boolean {
  const wantsPage = request.headers.accept?.includes('text/html') ?? false;
  return wantsPage && path.extname(relativePath) === '';
}

async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  relativePath: string,
  file: OpenFile,
): Promise<void> {
  response.setHeader('Content-Type', mimeType(relativePath));
  response.setHeader('Cache-Control', cacheControl(relativePath));
  response.setHeader('ETag', file.etag);
  response.setHeader('Accept-Ranges', 'bytes');
  if (request.headers['if-none-match'] === file.etag) {
    await file.handle.close();
    response.writeHead(304).end();
    return;
  }
  const ifRange = request.headers['if-range'];
  const rangeHeader =
    ifRange === undefined || ifRange === file.etag ? request.headers.range : undefined;
  const range = parseRange(rangeHeader, file.size);
  if (range === 'unsatisfiable') {
    await file.handle.close();
    response.writeHead(416, { 'Content-Range': `bytes */${String(file.size)}` }).end();
    return;
  }
  const { start, end } = range === 'whole' ? { start: 0, end: file.size - 1 } : range;
  if (range !== 'whole') {
    response.setHeader(
      'Content-Range',
      `bytes ${String(start)}-${String(end)}/${String(file.size)}`,
    );
  }
  response.setHeader('Content-Length', end - start + 1);
  response.writeHead(range === 'whole' ? 200 : 206);
  if (request.method === 'HEAD' || file.size === 0) {
    await file.handle.close();
    response.end();
    return;
  }
  const stream = createReadStream('', { fd: file.handle, start, end });
  stream.on('error', () => response.destroy());
  response.on('close', () => stream.destroy());
  stream.pipe(response);
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  folders: readonly string[],
): Promise<void> {
  response.setHeader('Content-Security-Policy', headerPolicy());
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'no-referrer');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' }).end();
    return;
  }
  const relativePath = toRelativePath(request.url ?? '/');
  if (relativePath === null) {
    response.writeHead(404).end('Not found');
    return;
  }
  for (const folder of folders) {
    const file = await openBelow(folder, relativePath);
    if (file !== null) {
      await sendFile(request, response, relativePath, file);
      return;
    }
  }
  if (isNavigation(request, relativePath)) {
    // The page names its scripts relative to itself, so it is shown at the root, not in place.
    response.writeHead(302, { Location: '/' }).end();
    return;
  }
  response.writeHead(404).end('Not found');
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function isPortTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
}

/** Starts on `port`, or on the next free one after it. Rejects when none of them is free. */
export async function startStaticServer(options: StaticServerOptions): Promise<RunningServer> {
  const { root, overlays = [], port = 0, portAttempts = 20, host = '127.0.0.1' } = options;
  const folders = [...overlays, root];
  const server = createServer((request, response) => {
    handle(request, response, folders).catch(() => response.destroy());
  });
  for (let attempt = 0; ; attempt += 1) {
    try {
      await listen(server, port === 0 ? 0 : port + attempt, host);
      break;
    } catch (error) {
      if (!isPortTaken(error) || port === 0 || attempt + 1 >= portAttempts) throw error;
    }
  }
  const address = server.address() as AddressInfo;
  const shownHost = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  const urlHost = shownHost.includes(':') ? `[${shownHost}]` : shownHost;
  return {
    url: `http://${urlHost}:${String(address.port)}/`,
    port: address.port,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => {
          if (error) reject(error);
          else resolve();
        });
        server.closeAllConnections();
      }),
  };
}
