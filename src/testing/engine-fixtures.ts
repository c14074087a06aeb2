/** Files that engine tests in Node need: the wasm binaries, our backbone, and reference material. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BackboneArtifacts, BackboneCard } from '../domain/backbone-card.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export const WASM_FOLDER = join(
  ROOT,
  'node_modules',
  '@tensorflow',
  'tfjs-backend-wasm',
  'dist',
  '/',
);
export const BUILT_IN_FOLDER = join(ROOT, 'public', 'models', 'headstart-v2-050');
/** Reference models and pictures beside the checkout; absent on most machines. */
export const SHARED_FOLDER = join(ROOT, '..', 'shared');
export const HAS_SHARED = existsSync(join(SHARED_FOLDER, 'models', 'reference.json'));

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** A backbone's bytes as the loader gets them, read from a folder with model.json. */
export function readArtifacts(folder: string): BackboneArtifacts {
  const modelJson = readJson(join(folder, 'model.json')) as {
    weightsManifest: readonly { readonly paths: readonly string[] }[];
  };
  const parts = modelJson.weightsManifest.flatMap((group) =>
    group.paths.map((path) => readFileSync(join(folder, path))),
  );
  const joined = Buffer.concat(parts);
  const weights = new ArrayBuffer(joined.byteLength);
  new Uint8Array(weights).set(joined);
  const weightsSha256 = createHash('sha256').update(joined).digest('hex');
  return { modelJson, weights, weightsSha256 };
}

export function readBuiltInCard(): BackboneCard {
  return readJson(join(BUILT_IN_FOLDER, 'manifest.json')) as BackboneCard;
}
