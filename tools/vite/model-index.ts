import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';
import { MODELS_FOLDER } from '../repository.ts';

const EMPTY_INDEX = '{"ids":[]}\n';

/**
 * The app asks `models/index.json` which backbones the server has besides the built-in one. Where
 * none was added the answer is an empty list, not an error in everybody's console.
 */
export function modelIndex(): Plugin {
  const isMissing = (): boolean => !existsSync(path.join(MODELS_FOLDER, 'index.json'));
  return {
    name: 'headstart:model-index',
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const pathname = (request.url ?? '').split('?')[0] ?? '';
        if (!pathname.endsWith('/models/index.json') || !isMissing()) {
          next();
          return;
        }
        response.setHeader('Content-Type', 'application/json');
        response.end(EMPTY_INDEX);
      });
    },
    generateBundle() {
      if (isMissing()) {
        this.emitFile({ type: 'asset', fileName: 'models/index.json', source: EMPTY_INDEX });
      }
    },
  };
}
