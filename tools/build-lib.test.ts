import { describe, expect, it } from 'vitest';
import { buildLibrary, declarationsOf, LIBRARY_BUDGET_GZIP } from './build-lib.ts';

describe('the library', () => {
  it('is one module within its budget, with types that need no other file', async () => {
    const { script, types, gzipBytes } = await buildLibrary();
    expect(gzipBytes).toBeLessThanOrEqual(LIBRARY_BUDGET_GZIP);
    // An empty or stubbed bundle would be within any budget.
    expect(gzipBytes).toBeGreaterThan(LIBRARY_BUDGET_GZIP / 4);
    expect(script).not.toMatch(/^import\b/m);
    expect(script).toMatch(/export\s*\{[^}]*\bopenModel\b/);
    expect(types).toContain('export declare function openModel(');
    expect(types).toContain('export interface Predictor');
    expect(types).not.toMatch(/\bimport\b/);
  }, 60_000);

  it('refuses types that lie elsewhere', () => {
    const source = "import type { A } from './a.ts';\nexport declare const a: A;\n";
    expect(() => declarationsOf(source)).toThrow('refer to another file');
  });
});
