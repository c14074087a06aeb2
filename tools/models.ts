/**
 * `npm run models:add -- <id, folder or address>`, `models:list`, `models:remove -- <id>`: backbones
 * that this copy of the app offers from its own server.
 */
import { parseArgs } from 'node:util';
import { addModel } from './models/add-model.ts';
import { listModels, removeModel } from './models/model-folder.ts';
import { ModelRefused } from './models/model-refused.ts';
import { MODELS_FOLDER } from './repository.ts';

const USAGE = `Usage:
  npm run models:add -- <id, folder or address of model.json> [options]
  npm run models:list
  npm run models:remove -- <id>

Options of models:add, for what cannot be told from the files:
  --id=NAME  --name="…"  --publisher="…"  --licence="…"
  --embedding=NODE  --input-range=0,1  --input-size=224`;

function parseRange(text: string): readonly [number, number] {
  const [low, high, ...more] = text.split(',').map(Number);
  if (low === undefined || high === undefined || more.length > 0 || !(low < high)) {
    throw new ModelRefused(`--input-range is "${text}"; it has to look like 0,1 or -1,1`);
  }
  return [low, high];
}

function parseSize(text: string): number {
  const size = Number(text);
  if (!Number.isInteger(size) || size < 16 || size > 1024) {
    throw new ModelRefused(`--input-size is "${text}"; it has to be a number from 16 to 1024`);
  }
  return size;
}

const text = { type: 'string' } as const;

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        id: text,
        name: text,
        publisher: text,
        licence: text,
        embedding: text,
        'input-range': text,
        'input-size': text,
      },
    });
  } catch (error) {
    throw new ModelRefused(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;

async function run(): Promise<void> {
  const { positionals, values } = readArguments();
  const [command, target] = positionals;
  if (command === 'list' && target === undefined) {
    const cards = await listModels(MODELS_FOLDER);
    if (cards.length === 0) console.log('No self-hosted models. Add one with: npm run models:add');
    for (const { id, name, totalBytes, licence } of cards) {
      console.log(`${id.padEnd(32)} ${megabytes(totalBytes).padStart(8)}  ${name}, ${licence}`);
    }
    return;
  }
  if (command === 'remove' && target !== undefined) {
    await removeModel(MODELS_FOLDER, target);
    console.log(`Removed ${target}.`);
    return;
  }
  if (command !== 'add' || target === undefined) throw new ModelRefused(USAGE);
  const { id, name, publisher, licence, embedding } = values;
  const range = values['input-range'];
  const size = values['input-size'];
  const card = await addModel({
    source: target,
    modelsFolder: MODELS_FOLDER,
    ...(id === undefined ? {} : { id }),
    ...(name === undefined ? {} : { name }),
    ...(publisher === undefined ? {} : { publisher }),
    ...(licence === undefined ? {} : { licence }),
    ...(embedding === undefined ? {} : { embeddingNode: embedding }),
    ...(range === undefined ? {} : { inputRange: parseRange(range) }),
    ...(size === undefined ? {} : { inputSize: parseSize(size) }),
    log: (line) => console.log(line),
  });
  console.log(
    `Added ${card.id}: ${card.name}, ${megabytes(card.totalBytes)}, input ${card.inputSize} px in [${card.inputRange.join(', ')}], ${card.embedding.width} numbers a photo. The next build offers it first.`,
  );
}

run().catch((error: unknown) => {
  console.error(error instanceof ModelRefused ? error.message : error);
  process.exitCode = 1;
});
