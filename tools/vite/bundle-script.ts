/** One entry with everything it imports, as one text. */
import { build } from 'vite';
import { fromRoot } from '../repository.ts';

export async function bundle(
  entry: string,
  format: 'iife' | 'es',
  { minify }: { readonly minify: boolean },
): Promise<string> {
  const output = await build({
    configFile: false,
    root: fromRoot('.'),
    publicDir: false,
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      write: false,
      target: 'es2022',
      minify,
      lib: { entry: fromRoot(entry), formats: [format], name: 'HeadstartPage' },
    },
  });
  const [first] = Array.isArray(output) ? output : [output];
  const chunk = 'output' in first ? first.output[0] : undefined;
  if (chunk === undefined) throw new Error(`${entry} was not bundled`);
  return chunk.code;
}
