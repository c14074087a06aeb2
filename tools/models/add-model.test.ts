import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseBackboneIndex, parseBackboneManifest } from '../../src/formats/backbone-manifest.ts';
import { BUILT_IN_BACKBONE, MODELS_FOLDER, fromRoot } from '../repository.ts';
import { startStaticServer } from '../static-server.ts';
import { addModel } from './add-model.ts';
import { listModels, removeModel } from './model-folder.ts';
import { convolutionMultiplyAdds } from './multiply-adds.ts';

const BUILT_IN_FOLDER = path.join(MODELS_FOLDER, BUILT_IN_BACKBONE);
const SHARED_MODELS = fromRoot('..', 'shared', 'models');
/** The built-in one as a stranger: nothing of it is recognised by name but the embedding. */
const STRANGER = {
  id: 'stranger',
  publisher: 'A school',
  licence: 'Apache-2.0',
  inputRange: [-1, 1],
} as const;

let folder = '';
let modelsFolder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'headstart-models-'));
  modelsFolder = path.join(folder, 'models');
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function readIds(): Promise<readonly string[]> {
  const parsed = parseBackboneIndex(await readFile(path.join(modelsFolder, 'index.json'), 'utf8'));
  return parsed.ok ? parsed.ids : ['not valid'];
}

describe('addModel', () => {
  it('finds in a model what its own manifest says, from a folder', async () => {
    const own = parseBackboneManifest(
      await readFile(path.join(BUILT_IN_FOLDER, 'manifest.json'), 'utf8'),
    );
    if (!own.ok) throw new Error('the built-in manifest is not valid');
    const card = await addModel({ source: BUILT_IN_FOLDER, modelsFolder, ...STRANGER });
    expect(card.files).toEqual(own.card.files);
    expect(card.embedding).toEqual(own.card.embedding);
    expect(card.featureMap).toEqual(own.card.featureMap);
    expect(card.inputSize).toBe(own.card.inputSize);
    expect(card.multiplyAddsM / own.card.multiplyAddsM).toBeCloseTo(1, 1);
    // That one was computed elsewhere, when the backbone was trained.
    expect(card.golden?.sum).toBeCloseTo(own.card.golden?.sum ?? NaN, 2);
    card.golden?.first.forEach((value, i) => {
      expect(value).toBeCloseTo(own.card.golden?.first[i] ?? NaN, 4);
    });

    const written = await readFile(path.join(modelsFolder, 'stranger/manifest.json'), 'utf8');
    expect(parseBackboneManifest(written, 'stranger')).toEqual({ ok: true, card });
    expect(await readIds()).toEqual(['stranger']);
    await expect(addModel({ source: BUILT_IN_FOLDER, modelsFolder, ...STRANGER })).rejects.toThrow(
      'there already',
    );

    await removeModel(modelsFolder, 'stranger');
    expect(await readIds()).toEqual([]);
    expect(await listModels(modelsFolder)).toEqual([]);
  });

  it('fetches from an address', async () => {
    const server = await startStaticServer({ root: MODELS_FOLDER });
    try {
      const source = `${server.url}${BUILT_IN_BACKBONE}/`;
      const card = await addModel({ source, modelsFolder, ...STRANGER });
      expect(card.totalBytes).toBe(card.files.reduce((sum, { bytes }) => sum + bytes, 0));
      await expect(
        addModel({ source: `${server.url}none/model.json`, modelsFolder, ...STRANGER, id: 'n' }),
      ).rejects.toThrow('answers 404');
    } finally {
      await server.close();
    }
    await expect(
      addModel({ source: `${server.url}x/model.json`, modelsFolder, ...STRANGER, id: 'n' }),
    ).rejects.toThrow('cannot be reached');
    expect(await readIds()).toEqual(['stranger']);
  });

  it('says what is wrong and leaves nothing behind', async () => {
    const broken = path.join(folder, 'broken');
    await mkdir(broken);
    const attempt = (options: object = {}): Promise<unknown> =>
      addModel({ source: broken, modelsFolder, ...STRANGER, ...options });

    await expect(attempt({ source: '/not/there' })).rejects.toThrow('neither a folder');
    await expect(attempt()).rejects.toThrow('There is no model.json');
    await cp(path.join(BUILT_IN_FOLDER, 'model.json'), path.join(broken, 'model.json'));
    await expect(attempt()).rejects.toThrow('There is no weights.bin');
    await writeFile(path.join(broken, 'weights.bin'), new Uint8Array(1000));
    await expect(attempt()).rejects.toThrow('1000 of');
    await expect(attempt({ id: BUILT_IN_BACKBONE })).rejects.toThrow('built-in');
    for (const id of ['../up', 'A', 'a/b', '', '..']) {
      await expect(attempt({ id })).rejects.toThrow('cannot be an id');
    }
    const model = await readFile(path.join(broken, 'model.json'), 'utf8');
    await writeFile(path.join(broken, 'model.json'), model.replace('weights.bin', '../w.bin'));
    await expect(attempt()).rejects.toThrow('outside its folder');

    expect(existsSync(modelsFolder) ? await readdir(modelsFolder) : []).toEqual([]);
  });

  it('asks for publisher and licence where it cannot know them', async () => {
    const { id, inputRange } = STRANGER;
    const attempt = addModel({ source: BUILT_IN_FOLDER, modelsFolder, id, inputRange });
    await expect(attempt).rejects.toThrow('--publisher=');
  });
});

// The reference models lie beside the checkout, not in it; most machines do not have them.
describe.skipIf(!existsSync(SHARED_MODELS))('addModel on published MobileNets', () => {
  it('recognises graph and layers models, with the published cost', async () => {
    const graph = await addModel({
      source: path.join(SHARED_MODELS, 'mobilenet_v2_1.0_224'),
      modelsFolder,
    });
    expect(graph).toMatchObject({
      id: 'mobilenet_v2_1.0_224',
      format: 'mobilenet',
      mobilenet: { version: 2, alpha: 1 },
      inputRange: [0, 1],
      embedding: { width: 1280, pool: false },
      featureMap: { side: 7 },
    });
    // Sandler et al. 2018, table 4: 300 million for width 1 at 224 px.
    expect(Math.abs(graph.multiplyAddsM - 300)).toBeLessThan(5);
    const layers = await addModel({
      source: path.join(SHARED_MODELS, 'mobilenet_v2_0.35_224'),
      modelsFolder,
    });
    expect(layers).toMatchObject({
      format: 'layers',
      inputRange: [-1, 1],
      embedding: { node: 'out_relu', width: 1280, pool: true },
      featureMap: { node: 'out_relu', side: 7 },
    });
    expect(Math.abs(layers.multiplyAddsM - 59)).toBeLessThan(3);
    expect(await readIds()).toEqual(['mobilenet_v2_0.35_224', 'mobilenet_v2_1.0_224']);
  });
});

describe('convolutionMultiplyAdds', () => {
  it('counts a kernel’s worth for each output value', () => {
    expect(convolutionMultiplyAdds([1, 112, 112, 32], [3, 3, 3, 32], false)).toBe(
      112 * 112 * 32 * 27,
    );
    expect(convolutionMultiplyAdds([1, 56, 56, 96], [3, 3, 96, 1], true)).toBe(56 * 56 * 96 * 9);
  });
});
