/**
 * Embeddings of decoded pictures as the app computes them: TF.js on wasm, the app's own loader and
 * pixel scaling. Called by the probe.
 *
 * npx tsx pretraining/wasm-features.ts <backbone folder> <pixels: RGB bytes> <out: float32>
 * Without the two files: prints { size, width, key }.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { createBatchTuner } from '../src/worker/embed/batch-tuner.ts';
import { embedPixels } from '../src/worker/embed/embed-pixels.ts';
import { openNetwork, openWasm } from './open-network.ts';

async function main([folder, pixelFile, outFile]: readonly string[]): Promise<void> {
  if (folder === undefined) {
    throw new Error('Usage: wasm-features.ts <backbone folder> [<pixels> <out>]');
  }
  await openWasm();
  const network = await openNetwork(folder);
  const { inputSize: size, embedding } = network.card;
  if (pixelFile === undefined || outFile === undefined) {
    const key = createHash('sha256').update(JSON.stringify(network.card)).digest('hex');
    console.log(JSON.stringify({ size, width: embedding.width, key: key.slice(0, 16) }));
    return;
  }
  const pixels = new Uint8Array(readFileSync(pixelFile));
  const embeddings = await embedPixels(network, pixels, pixels.length / (size * size * 3), {
    tuner: createBatchTuner([1, 2, 4, 8], true),
    signal: new AbortController().signal,
    assertUsable: () => undefined,
  });
  writeFileSync(outFile, new Uint8Array(embeddings.buffer));
}

await main(process.argv.slice(2));
