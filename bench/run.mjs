// Runs a TypeScript file of this folder in Node: node bench/run.mjs head-speed.ts [arguments…]
import { resolve } from 'node:path';
import { runnerImport } from 'vite';

const [file, ...rest] = process.argv.slice(2);
if (file === undefined) {
  console.error('Usage: node bench/run.mjs <file in bench/> [arguments…]');
  process.exit(2);
}
const { module } = await runnerImport(resolve(import.meta.dirname, file), {
  configFile: false,
  logLevel: 'error',
});
await module.main(rest);
