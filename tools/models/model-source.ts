/** Brings a model's files from a folder or an address into a folder of ours. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BackboneFile } from '../../src/domain/backbone-card.ts';
import { MAX_BACKBONE_BYTES } from '../../src/formats/backbone-manifest.ts';
import { readModelJson, type ModelDescription } from './model-json.ts';
import { ModelRefused } from './model-refused.ts';

/** Gives the bytes of one file, named relative to model.json. */
export type ReadModelFile = (relativePath: string) => Promise<Uint8Array>;

export interface CollectedModel {
  readonly description: ModelDescription;
  readonly modelJson: unknown;
  readonly files: readonly BackboneFile[];
  /** All weight files one after the other. */
  readonly weights: ArrayBuffer;
}

const SAFE_PATH = /^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_][A-Za-z0-9._-]*)*$/;
const DOWNLOAD_TIMEOUT_MS = 10 * 60_000;

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

export function readFromFolder(folder: string): ReadModelFile {
  return async (relativePath) => {
    const file = path.join(folder, relativePath);
    const info = await stat(file).catch(() => null);
    if (info?.isFile() !== true) {
      throw new ModelRefused(`There is no ${relativePath} in ${folder}.`);
    }
    if (info.size > MAX_BACKBONE_BYTES) throw tooLarge(info.size);
    return readFile(file);
  };
}

/** `modelUrl` ends in model.json (or whatever its file is called); the others lie beside it. */
export function readFromUrl(modelUrl: URL, log: (line: string) => void): ReadModelFile {
  return async (relativePath) => {
    const url = relativePath === 'model.json' ? modelUrl : new URL(relativePath, modelUrl);
    let response: Response;
    try {
      response = await fetch(url, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new ModelRefused(`${url.href} cannot be reached: ${reason}`);
    }
    if (!response.ok) throw new ModelRefused(`${url.href} answers ${response.status}.`);
    const announced = Number(response.headers.get('content-length') ?? 0);
    if (announced > MAX_BACKBONE_BYTES) throw tooLarge(announced);
    const bytes = new Uint8Array(await response.arrayBuffer());
    log(`  ${relativePath}: ${megabytes(bytes.length)}`);
    return bytes;
  };
}

function tooLarge(bytes: number): ModelRefused {
  return new ModelRefused(
    `The model is too large: ${megabytes(bytes)}; at most ${megabytes(MAX_BACKBONE_BYTES)} are offered.`,
  );
}

/** Reads every file, writes it below `target`, and notes sizes and hashes. */
export async function collectModel(read: ReadModelFile, target: string): Promise<CollectedModel> {
  const files: BackboneFile[] = [];
  let totalBytes = 0;
  const take = async (relativePath: string): Promise<Uint8Array> => {
    const bytes = await read(relativePath);
    totalBytes += bytes.length;
    if (totalBytes > MAX_BACKBONE_BYTES) throw tooLarge(totalBytes);
    const file = path.join(target, relativePath);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    files.push({ path: relativePath, bytes: bytes.length, sha256 });
    return bytes;
  };
  const text = new TextDecoder().decode(await take('model.json'));
  const description = readModelJson(text);
  const parts: Uint8Array[] = [];
  for (const relativePath of description.weightPaths) {
    if (!SAFE_PATH.test(relativePath)) {
      throw new ModelRefused(`model.json names a weight file outside its folder: ${relativePath}`);
    }
    parts.push(await take(relativePath));
  }
  const weights = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    weights.set(part, offset);
    offset += part.length;
  }
  return { description, modelJson: JSON.parse(text) as unknown, files, weights: weights.buffer };
}
