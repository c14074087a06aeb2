/** Where, by whom and with what a photo was taken stays with the person: not stored, not exported. */
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { expect, test } from '../fixtures/app.ts';
import { secrets, withExif } from '../fixtures/exif-photo.ts';
import { patternPhotos, type PhotoFile } from '../fixtures/generated-photos.ts';
import { EXPORT_KINDS, exportAs, withoutSaveDialog } from '../pages/share-panel.ts';
import { StudioPage } from '../pages/studio-page.ts';

/** A JPEG encoded by the browser, with EXIF, place, device and a comment put into it. */
async function tellingPhotos(page: Page, count: number): Promise<readonly PhotoFile[]> {
  const jpegs = await page.evaluate(async (count) => {
    const all: number[][] = [];
    for (let i = 0; i < count; i++) {
      const canvas = new OffscreenCanvas(200, 140);
      const context = canvas.getContext('2d');
      if (context === null) throw new Error('no canvas');
      for (let x = 0; x < 10; x++) {
        context.fillStyle = `hsl(${String(i * 70 + x * 13)} 70% ${String(30 + 5 * x)}%)`;
        context.fillRect(x * 20, (x * 31 * (i + 1)) % 90, 60, 60);
      }
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
      all.push([...new Uint8Array(await blob.arrayBuffer())]);
    }
    return all;
  }, count);
  return jpegs.map((bytes, i) => ({
    name: `holiday-${String(i)}.jpg`,
    mimeType: 'image/jpeg',
    buffer: Buffer.from(withExif(Uint8Array.from(bytes), 6)),
  }));
}

function expectNothingOf(bytes: Uint8Array, where: string): void {
  const buffer = Buffer.from(bytes);
  for (const secret of secrets()) {
    expect(buffer.includes(secret), `${String(secret)} in ${where}`).toBe(false);
  }
}

/** Every blob of the browser's database, whatever it belongs to. */
function storedBytes(page: Page): Promise<readonly number[][]> {
  return page.evaluate(async () => {
    const found: number[][] = [];
    const ask = <Result>(request: IDBRequest<Result>): Promise<Result> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(request.error?.message));
      });
    const collect = async (value: unknown): Promise<void> => {
      if (value instanceof Blob) found.push([...new Uint8Array(await value.arrayBuffer())]);
      else if (value instanceof ArrayBuffer) found.push([...new Uint8Array(value)]);
      else if (ArrayBuffer.isView(value)) {
        found.push([...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)]);
      } else if (typeof value === 'object' && value !== null) {
        for (const inner of Object.values(value)) await collect(inner);
      } else if (typeof value === 'string') found.push([...new TextEncoder().encode(value)]);
    };
    for (const { name } of await indexedDB.databases()) {
      const database = await ask(indexedDB.open(name ?? ''));
      for (const store of database.objectStoreNames) {
        // Backbones are megabytes and come from the server, not from the person.
        if (/model|backbone|embedding/i.test(store)) continue;
        const all: unknown[] = await ask(database.transaction(store).objectStore(store).getAll());
        await collect(all);
      }
      database.close();
    }
    return found;
  });
}

test('place, device and comments of photos are neither stored nor exported', async ({ page }) => {
  test.slow();
  await withoutSaveDialog(page);
  const studio = new StudioPage(page);
  await studio.open();
  const photos = await tellingPhotos(page, 4);
  for (const { buffer } of photos) {
    for (const secret of secrets()) expect(buffer.includes(secret)).toBe(true);
  }
  await studio.addLoosePhotos(photos);
  await studio.addClass('dots');
  await studio.addPhotos('dots', patternPhotos('dots', 4));
  await studio.counts(2, 8);

  const stored = await storedBytes(page);
  expect(stored.filter((bytes) => bytes[0] === 0xff && bytes[1] === 0xd8).length).toBeGreaterThan(
    7,
  );
  for (const bytes of stored) expectNothingOf(Uint8Array.from(bytes), 'storage');

  for (const kind of EXPORT_KINDS) {
    const { bytes } = await exportAs(page, kind);
    expectNothingOf(bytes, kind);
    const entries = Object.entries(unzipSync(bytes));
    const pictures = entries.filter(([, data]) => data[0] === 0xff && data[1] === 0xd8);
    expect(pictures.length, kind).toBeGreaterThanOrEqual(8);
    for (const [path, data] of entries) expectNothingOf(data, `${kind}: ${path}`);
  }
});
