/** `npm run size`: fails when the first screen or the built-in backbone grew too large. */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { BUILT_IN_BACKBONE, DIST_FOLDER } from './repository.ts';
import { scriptsOfPage, type BuildManifest } from './initial-scripts.ts';

/** kB and MB as browsers and people count them: thousands. */
const BUDGETS = { initialScriptGzip: 250_000, backbone: 2_000_000 } as const;
const BACKBONE_FILES = ['model.json', 'weights.bin'];

interface Row {
  readonly name: string;
  readonly bytes: number;
  readonly gzipBytes: number | null;
}

function measure(file: string): Row {
  const content = readFileSync(path.join(DIST_FOLDER, file));
  return { name: file, bytes: content.length, gzipBytes: gzipSync(content, { level: 9 }).length };
}

function print(title: string, rows: readonly Row[]): void {
  console.log(`\n${title}`);
  for (const { name, bytes, gzipBytes } of rows) {
    const gzip = gzipBytes === null ? '' : `${(gzipBytes / 1000).toFixed(1)} kB gzip`;
    console.log(
      `  ${name.padEnd(56)}${(bytes / 1000).toFixed(1).padStart(9)} kB  ${gzip.padStart(15)}`,
    );
  }
}

function withinBudget(name: string, bytes: number, budget: number): boolean {
  const passed = bytes <= budget;
  const used = ((100 * bytes) / budget).toFixed(0);
  const line = `${passed ? 'ok  ' : 'OVER'} ${name}: ${(bytes / 1000).toFixed(1)} kB of ${(budget / 1000).toFixed(0)} kB (${used} %)`;
  if (passed) console.log(line);
  else console.error(line);
  return passed;
}

function check(): boolean {
  if (!existsSync(path.join(DIST_FOLDER, '.vite', 'manifest.json'))) {
    console.error('There is no build to measure. Type: npm run build');
    return false;
  }
  const html = readFileSync(path.join(DIST_FOLDER, 'index.html'), 'utf8');
  const manifest = JSON.parse(
    readFileSync(path.join(DIST_FOLDER, '.vite', 'manifest.json'), 'utf8'),
  ) as BuildManifest;
  const initialFiles = scriptsOfPage(html, manifest);
  const initial = initialFiles.map(measure);
  const later = readdirSync(path.join(DIST_FOLDER, 'assets'))
    .map((name) => `assets/${name}`)
    .filter((name) => name.endsWith('.js') && !initialFiles.includes(name))
    .map(measure);
  const styles = readdirSync(path.join(DIST_FOLDER, 'assets'))
    .filter((name) => name.endsWith('.css'))
    .map((name) => measure(`assets/${name}`));
  const backbone = BACKBONE_FILES.map((name): Row => {
    const file = path.join('models', BUILT_IN_BACKBONE, name);
    return { name: file, bytes: statSync(path.join(DIST_FOLDER, file)).size, gzipBytes: null };
  });

  print('Script of the first screen', initial);
  print('Loaded later (engine workers, charts, dialogs)', later);
  print('Styles', styles);
  print('Built-in backbone', backbone);
  console.log('');
  const initialGzip = initial.reduce((sum, { gzipBytes }) => sum + (gzipBytes ?? 0), 0);
  const backboneBytes = backbone.reduce((sum, { bytes }) => sum + bytes, 0);
  const results = [
    withinBudget('script of the first screen, gzip', initialGzip, BUDGETS.initialScriptGzip),
    withinBudget('built-in backbone', backboneBytes, BUDGETS.backbone),
  ];
  return results.every(Boolean);
}

process.exitCode = check() ? 0 : 1;
