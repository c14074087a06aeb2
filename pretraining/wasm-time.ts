/**
 * Time per image on wasm of several backbones in one run, taking turns, so that a busy machine is
 * busy for all of them: npx tsx pretraining/wasm-time.ts <backbone folder>…
 */
import { tensor4d, tidy } from '@tensorflow/tfjs-core';
import path from 'node:path';
import type { BackboneNetwork } from '../src/worker/backbone/backbone-network.ts';
import { sineInput } from '../src/worker/backbone/pixel-range.ts';
import { openNetwork, openWasm } from './open-network.ts';

const ROUNDS = 40;
const WARM_UP = 3;

async function timeOnce(network: BackboneNetwork): Promise<number> {
  const size = network.card.inputSize;
  const input = tensor4d(sineInput(size, network.inputRange), [1, size, size, 3]);
  const begun = performance.now();
  const output = tidy(() => network.embed(input));
  await output.data();
  const elapsedMs = performance.now() - begun;
  output.dispose();
  input.dispose();
  return elapsedMs;
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

async function main(folders: readonly string[]): Promise<void> {
  if (folders.length === 0) throw new Error('Usage: wasm-time.ts <backbone folder>…');
  await openWasm();
  const networks = await Promise.all(folders.map(openNetwork));
  const timesMs: number[][] = networks.map(() => []);
  for (let round = -WARM_UP; round < ROUNDS; round++) {
    for (const [i, network] of networks.entries()) {
      const ms = await timeOnce(network);
      if (round >= 0) timesMs[i]?.push(ms);
    }
  }
  console.log('| backbone | fastest ms | median ms | M multiply-adds |');
  console.log('|---|---|---|---|');
  for (const [i, network] of networks.entries()) {
    const sorted = (timesMs[i] ?? []).sort((a, b) => a - b);
    const [fastest, median] = [quantile(sorted, 0), quantile(sorted, 0.5)];
    const name = path.basename(folders[i] ?? '');
    console.log(
      `| ${name} | ${fastest.toFixed(1)} | ${median.toFixed(1)} | ${network.card.multiplyAddsM} |`,
    );
  }
}

await main(process.argv.slice(2));
