import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Plugin } from 'vite';
import { fromRoot } from '../repository.ts';

const SOURCE_FOLDER = fromRoot('node_modules/@tensorflow/tfjs-backend-wasm/dist');

/**
 * WORKAROUND(tfjs#4539): the threaded build is left out on purpose. It needs COOP/COEP and breaks in
 * a minified build; without those headers tfjs never asks for it. Add it when that is fixed.
 */
export const WASM_FILE_NAMES = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm'] as const;

/** Puts the WebAssembly files of the wasm backend under `wasm/`, in development and in the build. */
export function wasmFiles(): Plugin {
  return {
    name: 'headstart:wasm-files',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const pathname = (request.url ?? '').split('?')[0] ?? '';
        const name = WASM_FILE_NAMES.find((file) => pathname.endsWith(`/wasm/${file}`));
        if (name === undefined) {
          next();
          return;
        }
        response.setHeader('Content-Type', 'application/wasm');
        createReadStream(path.join(SOURCE_FOLDER, name)).pipe(response);
      });
    },
    async generateBundle() {
      for (const name of WASM_FILE_NAMES) {
        this.emitFile({
          type: 'asset',
          fileName: `wasm/${name}`,
          source: await readFile(path.join(SOURCE_FOLDER, name)),
        });
      }
    },
  };
}
