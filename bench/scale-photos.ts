/** Thousands of small pictures on disk, in class folders, each different from every other. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import { createRandom } from '../src/domain/random.ts';

const SIDE_PX = 48;
/** Patches a side: each picture has its own layout, so that hardly two are near-duplicates. */
const PATCHES = 8;

export interface PhotoFolders {
  /** One folder per part, so that a browser is not handed everything at once. */
  readonly folders: readonly string[];
  readonly root: string;
}

/** `photos` in `classes` classes, at most `perFolder` of them under each folder to choose. */
export function writePhotoFolders(
  photos: number,
  classes: number,
  perFolder: number,
): PhotoFolders {
  const root = mkdtempSync(path.join(tmpdir(), 'headstart-scale-'));
  const folders: string[] = [];
  for (let from = 0; from < photos; from += perFolder) {
    const folder = path.join(root, `part-${String(folders.length)}`);
    folders.push(folder);
    for (let c = 0; c < classes; c++)
      mkdirSync(path.join(folder, `class-${String(c)}`), { recursive: true });
    for (let i = from; i < Math.min(photos, from + perFolder); i++) {
      const name = path.join(folder, `class-${String(i % classes)}`, `photo-${String(i)}.png`);
      writeFileSync(name, picture(i));
    }
  }
  return { folders, root };
}

function picture(seed: number): Buffer {
  const random = createRandom(seed);
  const png = new PNG({ width: SIDE_PX, height: SIDE_PX });
  const colours = Uint8Array.from({ length: PATCHES * PATCHES * 3 }, () => random.int(256));
  for (let y = 0; y < SIDE_PX; y++) {
    for (let x = 0; x < SIDE_PX; x++) {
      const column = Math.floor((x * PATCHES) / SIDE_PX);
      const row = Math.floor((y * PATCHES) / SIDE_PX);
      const from = (row * PATCHES + column) * 3;
      const at = (y * SIDE_PX + x) * 4;
      for (let c = 0; c < 3; c++) png.data[at + c] = colours[from + c] ?? 0;
      png.data[at + 3] = 255;
    }
  }
  return PNG.sync.write(png, { deflateLevel: 1 });
}
