import { build, type Plugin } from 'vite';
import { fromRoot } from '../repository.ts';

const MODULE = 'virtual:export-scripts';
const RESOLVED = `\0${MODULE}`;

/** One entry bundled by itself into a text. */
async function bundle(entry: string, format: 'iife' | 'es'): Promise<string> {
  const output = await build({
    configFile: false,
    root: fromRoot('.'),
    publicDir: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      // The module that people are meant to read stays readable.
      minify: format === 'iife',
      lib: { entry: fromRoot(entry), formats: [format], name: 'HeadstartPage' },
    },
  });
  const [first] = Array.isArray(output) ? output : [output];
  const chunk = 'output' in first ? first.output[0] : undefined;
  if (chunk === undefined) throw new Error(`${entry} was not bundled`);
  return chunk.code;
}

/**
 * `virtual:export-scripts`: the scripts that exported models carry, bundled from the app's own
 * sources, as texts. `pageScript` is the inside of the web page, `preprocessModule` a module.
 */
export function exportScripts(): Plugin {
  let code: Promise<string> | null = null;
  const make = async (): Promise<string> => {
    const [page, preprocess] = await Promise.all([
      bundle('src/page/page.ts', 'iife'),
      bundle('src/page/preprocess.ts', 'es'),
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
