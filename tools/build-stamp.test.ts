import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashSources, isBuildFresh, writeBuildStamp } from './build-stamp.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'headstart-stamp-'));
  await mkdir(path.join(root, 'src/deep'), { recursive: true });
  await writeFile(path.join(root, 'src/deep/a.ts'), 'export const a = 1;');
  await writeFile(path.join(root, 'src/b.ts'), 'export const b = 1;');
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

describe('hashSources', () => {
  it('changes when a file changes, appears, moves or goes', async () => {
    const seen = [await hashSources(root)];
    await writeFile(path.join(root, 'src/deep/a.ts'), 'export const a = 2;');
    seen.push(await hashSources(root));
    await writeFile(path.join(root, 'src/c.ts'), '');
    seen.push(await hashSources(root));
    await rm(path.join(root, 'src/c.ts'));
    await writeFile(path.join(root, 'src/d.ts'), '');
    seen.push(await hashSources(root));
    await rm(path.join(root, 'src/b.ts'));
    seen.push(await hashSources(root));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('does not depend on times or on unit tests', async () => {
    const before = await hashSources(root);
    await writeFile(path.join(root, 'src/b.ts'), 'export const b = 1;');
    await writeFile(path.join(root, 'src/b.test.ts'), 'a test');
    expect(await hashSources(root)).toBe(before);
  });
});

describe('isBuildFresh', () => {
  it('needs a page, a stamp and the same sources', async () => {
    const dist = path.join(root, 'dist');
    expect(await isBuildFresh(dist, 'abc')).toBe(false);
    await writeBuildStamp(dist, 'abc');
    expect(await isBuildFresh(dist, 'abc')).toBe(false);
    await writeFile(path.join(dist, 'index.html'), '<!doctype html>');
    expect(await isBuildFresh(dist, 'abc')).toBe(true);
    expect(await isBuildFresh(dist, 'abd')).toBe(false);
    await writeFile(path.join(dist, '.build-stamp.json'), 'not json');
    expect(await isBuildFresh(dist, 'abc')).toBe(false);
  });
});
