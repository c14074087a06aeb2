import type { Plugin } from 'vite';
import { bundle } from './bundle-script.ts';

const MODULE = 'virtual:export-scripts';
const RESOLVED = `\0${MODULE}`;

/**
 * `virtual:export-scripts`: the scripts that exported models carry, bundled from the app's own
 * sources, as texts. `pageScript` is the inside of the web page, `preprocessModule` a module.
 */
export function exportScripts(): Plugin {
  let code: Promise<string> | null = null;
  const make = async (): Promise<string> => {
    const [page, preprocess] = await Promise.all([
      bundle('src/page/page.ts', 'iife', { minify: true }),
      // The module that people are meant to read stays readable.
      bundle('src/page/preprocess.ts', 'es', { minify: false }),
    ]);
    return (
      `export const pageScript = ${JSON.stringify(page)};\n` +
      `export const preprocessModule = ${JSON.stringify(preprocess)};\n`
    );
  };
  return {
    name: 'headstart:export-scripts',
    resolveId: (id) => (id === MODULE ? RESOLVED : null),
    load: (id) => {
      if (id !== RESOLVED) return null;
      code ??= make();
      return code;
    },
  };
}
