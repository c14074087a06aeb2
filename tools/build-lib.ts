/** `npm run build:lib`: the inference part as one ES module with its types, into `dist-lib`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import ts from 'typescript';
import { fromRoot } from './repository.ts';
import { bundle } from './vite/bundle-script.ts';

export const LIBRARY_FOLDER = fromRoot('dist-lib');
export const LIBRARY_NAME = 'headstart-predict';
/** In thousands, as for the app; TensorFlow.js' core and two backends are most of it. */
export const LIBRARY_BUDGET_GZIP = 130_000;
const ENTRY = 'src/page/predictor.ts';

export interface BuiltLibrary {
  readonly script: string;
  readonly types: string;
  readonly gzipBytes: number;
}

/** Throws when the entry's types refer to another file: they are handed out as one. */
export async function buildLibrary(): Promise<BuiltLibrary> {
  const script = await bundle(ENTRY, 'es', { minify: true });
  const types = declarationsOf(readFileSync(fromRoot(ENTRY), 'utf8'));
  return { script, types, gzipBytes: gzipSync(script, { level: 9 }).length };
}

export function declarationsOf(source: string): string {
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(source, {
    fileName: 'predictor.ts',
    reportDiagnostics: true,
    compilerOptions: { strict: true, target: ts.ScriptTarget.ES2022 },
  });
  const [problem] = diagnostics;
  if (problem !== undefined) {
    throw new Error(ts.flattenDiagnosticMessageText(problem.messageText, '\n'));
  }
  const text = outputText.replace(/^import ['"][^'"]+['"];\n/gm, '');
  if (/^import\b|\bimport\(/m.test(text)) {
    throw new Error(`the types of ${ENTRY} refer to another file`);
  }
  return text;
}

export function writeLibrary({ script, types }: BuiltLibrary, folder: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, `${LIBRARY_NAME}.js`), script);
  writeFileSync(path.join(folder, `${LIBRARY_NAME}.d.ts`), types);
}

async function main(): Promise<void> {
  const library = await buildLibrary();
  writeLibrary(library, LIBRARY_FOLDER);
  const kB = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
  const isWithin = library.gzipBytes <= LIBRARY_BUDGET_GZIP;
  console.log(
    `${isWithin ? 'ok  ' : 'OVER'} dist-lib/${LIBRARY_NAME}.js, gzip: ${kB(library.gzipBytes)} of ${kB(LIBRARY_BUDGET_GZIP)}`,
  );
  if (!isWithin) process.exitCode = 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
