/** The folder of self-hosted backbones: `<id>/` each, and `index.json`, the list that the app asks for. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { BackboneCard } from '../../src/domain/backbone-card.ts';
import { BACKBONE_ID_PATTERN, parseBackboneManifest } from '../../src/formats/backbone-manifest.ts';
import { BUILT_IN_BACKBONE } from '../repository.ts';
import { ModelRefused } from './model-refused.ts';

/** Where the files of a model lie, after the id has been checked: it becomes part of a path. */
export function folderOfModel(modelsFolder: string, id: string): string {
  if (!BACKBONE_ID_PATTERN.test(id) || id.includes('..')) {
    throw new ModelRefused(
      `"${id}" cannot be an id: use lower-case letters, digits, dot, dash and underscore, 64 at most.`,
    );
  }
  if (id === BUILT_IN_BACKBONE) {
    throw new ModelRefused(`"${id}" is the built-in backbone; choose another id with --id=NAME`);
  }
  return path.join(modelsFolder, id);
}

/** Cards of everything that was added, by id. Folders without a valid manifest are left out. */
export async function listModels(modelsFolder: string): Promise<readonly BackboneCard[]> {
  if (!existsSync(modelsFolder)) return [];
  const entries = await readdir(modelsFolder, { withFileTypes: true });
  const cards: BackboneCard[] = [];
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
    if (!entry.isDirectory() || entry.name === BUILT_IN_BACKBONE) continue;
    const file = path.join(modelsFolder, entry.name, 'manifest.json');
    const text = await readFile(file, 'utf8').catch(() => null);
    const parsed = text === null ? null : parseBackboneManifest(text, entry.name);
    if (parsed?.ok === true) cards.push(parsed.card);
  }
  return cards;
}

/** Writes the index anew from what is really there. */
export async function writeModelIndex(modelsFolder: string): Promise<void> {
  await mkdir(modelsFolder, { recursive: true });
  const ids = (await listModels(modelsFolder)).map(({ id }) => id);
  await writeFile(path.join(modelsFolder, 'index.json'), `${JSON.stringify({ ids })}\n`);
}

/** @throws ModelRefused if there is no such model */
export async function removeModel(modelsFolder: string, id: string): Promise<void> {
  const folder = folderOfModel(modelsFolder, id);
  if (!existsSync(folder)) throw new ModelRefused(`There is no model "${id}".`);
  await rm(folder, { recursive: true });
  await writeModelIndex(modelsFolder);
}
