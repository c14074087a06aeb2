/**
 * Adds a backbone for self-hosting: fetches its files, finds out what it is, runs it once for its
 * golden embedding, and writes the manifest that the app reads. Nothing is left behind on failure.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { BACKBONE_CATALOGUE } from '../../src/domain/backbone-catalogue.ts';
import type { BackboneCard, GoldenEmbedding } from '../../src/domain/backbone-card.ts';
import { parseBackboneManifest } from '../../src/formats/backbone-manifest.ts';
import { goldenEmbedding, loadBackbone } from '../../src/worker/backbone/load-backbone.ts';
import { toModelArtifacts } from '../../src/worker/backbone/model-artifacts.ts';
import { openBackend } from '../../src/worker/backend/open-backend.ts';
import { fromRoot } from '../repository.ts';
import { folderOfModel, writeModelIndex } from './model-folder.ts';
import { ModelRefused } from './model-refused.ts';
import {
  collectModel,
  readFromFolder,
  readFromUrl,
  type CollectedModel,
  type ReadModelFile,
} from './model-source.ts';
import { measureModel } from './multiply-adds.ts';
import { recogniseModel, type ModelHints, type RecognisedModel } from './recognise-model.ts';

export interface AddModelOptions extends ModelHints {
  /** Id of a catalogue entry, folder with model.json, or address of a model.json. */
  readonly source: string;
  readonly modelsFolder: string;
  readonly id?: string;
  readonly name?: string;
  readonly publisher?: string;
  readonly licence?: string;
  readonly log?: (line: string) => void;
}

/** Room for the differences between backends; a wrong input range is off by far more. */
const GOLDEN_TOLERANCE = 0.02;
const GOLDEN_VALUES = 16;
const SUMMARY_KEY = 'backbone.summary.self-hosted';

interface Source {
  readonly id: string;
  readonly read: ReadModelFile;
  /** What the catalogue promises of the files. */
  readonly catalogueCard: BackboneCard | null;
}

function toId(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '');
}

async function findSource(source: string, log: (line: string) => void): Promise<Source> {
  const catalogueCard = BACKBONE_CATALOGUE.find(({ id }) => id === source);
  if (catalogueCard !== undefined) {
    log(`Fetching ${catalogueCard.source.modelUrl}`);
    const read = readFromUrl(new URL(catalogueCard.source.modelUrl), log);
    return { id: catalogueCard.id, read, catalogueCard };
  }
  if (/^https?:\/\//.test(source)) {
    if (!URL.canParse(source)) throw new ModelRefused(`${source} is not an address.`);
    const given = new URL(source);
    const modelUrl = given.pathname.endsWith('.json')
      ? given
      : new URL(`${given.pathname.replace(/\/$/, '')}/model.json${given.search}`, given);
    const folderName = decodeURIComponent(modelUrl.pathname.split('/').at(-2) ?? '');
    log(`Fetching ${modelUrl.href}`);
    return {
      id: toId(folderName) || toId(modelUrl.hostname),
      read: readFromUrl(modelUrl, log),
      catalogueCard: null,
    };
  }
  const given = path.resolve(source);
  const info = await stat(given).catch(() => null);
  if (info === null) {
    const known = BACKBONE_CATALOGUE.map(({ id }) => `  ${id}`).join('\n');
    throw new ModelRefused(
      `"${source}" is neither a folder with a model.json, nor an address, nor one of these:\n${known}`,
    );
  }
  const folder = info.isDirectory() ? given : path.dirname(given);
  return { id: toId(path.basename(folder)), read: readFromFolder(folder), catalogueCard: null };
}

/** The catalogue's hashes were taken from the publisher's files. */
function checkAgainstCatalogue(card: BackboneCard | null, { files }: CollectedModel): void {
  for (const wanted of card?.files ?? []) {
    const got = files.find((file) => file.path === wanted.path);
    if (got === undefined) throw new ModelRefused(`${wanted.path} is missing.`);
    if (wanted.sha256 !== null && wanted.sha256 !== got.sha256) {
      throw new ModelRefused(
        `${wanted.path} is not the file that the catalogue knows (its SHA-256 is ${String(got.sha256)}).`,
      );
    }
  }
}

function required(value: string | null | undefined, what: string, option: string): string {
  if (value === null || value === undefined) {
    throw new ModelRefused(
      `${what} of this model cannot be told from its files. Say it: --${option}="…"`,
    );
  }
  return value;
}

async function makeCard(
  id: string,
  recognised: RecognisedModel,
  collected: CollectedModel,
  options: AddModelOptions,
): Promise<BackboneCard> {
  const draft: BackboneCard = {
    id,
    name: options.name ?? (recognised.publisher === null ? id : recognised.name),
    format: recognised.format,
    ...(recognised.format === 'mobilenet' && recognised.mobilenet !== null
      ? { mobilenet: recognised.mobilenet }
      : {}),
    source: {
      kind: 'self-hosted',
      modelUrl: `models/${id}/model.json`,
      publisher: required(options.publisher ?? recognised.publisher, 'The publisher', 'publisher'),
    },
    licence: required(options.licence ?? recognised.licence, 'The licence', 'licence'),
    totalBytes: collected.files.reduce((sum, { bytes }) => sum + bytes, 0),
    files: collected.files,
    inputSize: recognised.inputSize,
    inputRange: recognised.inputRange,
    embedding: { node: recognised.embeddingNode, width: 1, pool: recognised.pool },
    featureMap: null,
    multiplyAddsM: 1,
    golden: null,
    summaryKey: SUMMARY_KEY,
  };
  const artifacts = {
    modelJson: collected.modelJson,
    weights: collected.weights,
    weightsSha256: createHash('sha256').update(new Uint8Array(collected.weights)).digest('hex'),
  };
  const { description } = collected;
  const measured = await measureModel(description, recognised, toModelArtifacts(draft, artifacts));
  const map = measured.featureMapShape;
  const card: BackboneCard = {
    ...draft,
    embedding: { ...draft.embedding, width: measured.embeddingShape.at(-1) ?? 0 },
    featureMap:
      recognised.featureMapNode !== null && map?.length === 4 && map[1] !== undefined
        ? { node: recognised.featureMapNode, side: map[1] }
        : null,
    multiplyAddsM: Number((measured.multiplyAdds / 1e6).toFixed(1)),
  };
  const { network } = await loadBackbone(card, artifacts, new AbortController().signal);
  try {
    return { ...card, golden: toGolden(await goldenEmbedding(network)) };
  } finally {
    network.dispose();
  }
}

function toGolden(embedding: Float32Array): GoldenEmbedding {
  const round = (value: number): number => Number(value.toFixed(6));
  return {
    input: 'sine',
    first: Array.from(embedding.subarray(0, GOLDEN_VALUES), round),
    sum: round(embedding.reduce((sum, value) => sum + value, 0)),
    tolerance: GOLDEN_TOLERANCE,
  };
}

/**
 * @returns the card that was written
 * @throws ModelRefused with a sentence for the person
 */
export async function addModel(options: AddModelOptions): Promise<BackboneCard> {
  const { modelsFolder, log = () => undefined } = options;
  const source = await findSource(options.source, log);
  const id = options.id ?? source.id;
  const target = folderOfModel(modelsFolder, id);
  if (existsSync(target)) {
    throw new ModelRefused(
      `"${id}" is there already. Remove it (npm run models:remove -- ${id}) or choose another id with --id=NAME`,
    );
  }
  await mkdir(modelsFolder, { recursive: true });
  // Beside the target, so that it can be moved in one step; the dot keeps it from being served.
  const staging = await mkdtemp(path.join(modelsFolder, '.adding-'));
  try {
    const collected = await collectModel(source.read, staging);
    checkAgainstCatalogue(source.catalogueCard, collected);
    const recognised = recogniseModel(collected.description, options);
    log(`Recognised: ${recognised.name}. Running it once…`);
    await openBackend('wasm', {
      wasmPath: fromRoot('node_modules/@tensorflow/tfjs-backend-wasm/dist/'),
      onLost: () => undefined,
    });
    const card = await makeCard(id, recognised, collected, options);
    const checked = parseBackboneManifest(card, id);
    if (!checked.ok) {
      const problems = checked.problems.map(({ path: where, message }) => `${where} ${message}`);
      throw new ModelRefused(`The manifest is not valid: ${problems.join('; ')}`);
    }
    await writeFile(path.join(staging, 'manifest.json'), `${JSON.stringify(card, null, 2)}\n`);
    await rename(staging, target);
    await writeModelIndex(modelsFolder);
    return card;
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw error;
  }
}
