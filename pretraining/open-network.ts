/** Any backbone folder as the app's own loader opens it, on wasm in Node. */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BackboneArtifacts, BackboneCard } from '../src/domain/backbone-card.ts';
import type { BackboneNetwork } from '../src/worker/backbone/backbone-network.ts';
import { loadBackbone } from '../src/worker/backbone/load-backbone.ts';
import { openBackend } from '../src/worker/backend/open-backend.ts';
import { addModel } from '../tools/models/add-model.ts';

export async function openWasm(): Promise<void> {
  const here = createRequire(import.meta.url);
  const wasmPath = `${path.dirname(here.resolve('@tensorflow/tfjs-backend-wasm'))}/`;
  await openBackend('wasm', { wasmPath, onLost: () => undefined });
}

/** Checks the golden embedding where the folder has a manifest. */
export async function openNetwork(folder: string): Promise<BackboneNetwork> {
  const card = await readCard(folder);
  const never = new AbortController().signal;
  return (await loadBackbone(card, readArtifacts(folder), never)).network;
}

/** The folder's own manifest, or what the tool that adds models finds out about the files. */
async function readCard(folder: string): Promise<BackboneCard> {
  const manifest = path.join(folder, 'manifest.json');
  if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, 'utf8')) as BackboneCard;
  const modelsFolder = mkdtempSync(path.join(tmpdir(), 'headstart-card-'));
  try {
    return await addModel({ source: folder, modelsFolder });
  } finally {
    rmSync(modelsFolder, { recursive: true, force: true });
  }
}

function readArtifacts(folder: string): BackboneArtifacts {
  const modelJson: unknown = JSON.parse(readFileSync(path.join(folder, 'model.json'), 'utf8'));
  const { weightsManifest } = modelJson as {
    weightsManifest: readonly { readonly paths: readonly string[] }[];
  };
  const parts = weightsManifest.flatMap((group) => group.paths);
  const joined = Buffer.concat(parts.map((part) => readFileSync(path.join(folder, part))));
  const weights = new ArrayBuffer(joined.byteLength);
  new Uint8Array(weights).set(joined);
  return {
    modelJson,
    weights,
    weightsSha256: createHash('sha256').update(joined).digest('hex'),
  };
}
