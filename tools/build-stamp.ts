/**
 * Tells whether `dist` was built from the sources as they are now. By content, not by time: a
 * checkout of an older commit gives files that are newer than a build of something else, and a
 * deleted file has no time at all.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Everything that a build reads. Folders are walked. */
export const BUILD_INPUTS = [
  'src',
  'public',
  'index.html',
  'vite.config.ts',
  'tools/vite',
  'tools/content-security-policy.ts',
  'tools/repository.ts',
  'package.json',
  'package-lock.json',
] as const;

/** Not served: our server refuses dot files. */
const STAMP_FILE = '.build-stamp.json';

const IRRELEVANT = /\.test\.tsx?$/;

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    entries.map(async (entry) => {
      const full = path.join(folder, entry.name);
      if (entry.isDirectory()) return listFiles(full);
      return entry.isFile() && !IRRELEVANT.test(entry.name) ? [full] : [];
    }),
  );
  return nested.flat();
}

/** SHA-256 (hex) over the names and contents of all build inputs below `root`. */
export async function hashSources(
  root: string,
  inputs: readonly string[] = BUILD_INPUTS,
): Promise<string> {
  const hash = createHash('sha256');
  hash.update(`node ${process.versions.node}\n`);
  for (const input of inputs) {
    const full = path.join(root, input);
    if (!existsSync(full)) continue;
    const files = (await stat(full)).isDirectory() ? (await listFiles(full)).sort() : [full];
    for (const file of files) {
      const content = await readFile(file);
      hash.update(`${path.relative(root, file)}\0${String(content.length)}\0`);
      hash.update(content);
    }
  }
  return hash.digest('hex');
}

export async function writeBuildStamp(distFolder: string, sourcesHash: string): Promise<void> {
  await mkdir(distFolder, { recursive: true });
  await writeFile(path.join(distFolder, STAMP_FILE), JSON.stringify({ sources: sourcesHash }));
}

/** True only if a complete build of exactly these sources is there. */
export async function isBuildFresh(distFolder: string, sourcesHash: string): Promise<boolean> {
  if (!existsSync(path.join(distFolder, 'index.html'))) return false;
  try {
    const stamp: unknown = JSON.parse(await readFile(path.join(distFolder, STAMP_FILE), 'utf8'));
    return (
      typeof stamp === 'object' &&
      stamp !== null &&
      'sources' in stamp &&
      stamp.sources === sourcesHash
    );
  } catch {
    return false; // no stamp, or not ours
  }
}
