/** Storage that is full, closed, or written by somebody else. */
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures/app.ts';
import { openBarePage } from '../fixtures/engine-harness.ts';
import { patternPhotos } from '../fixtures/generated-photos.ts';
import { photosWithoutPicture, storedPhotos } from '../fixtures/stored-data.ts';
import { DisturbedStudio } from '../pages/disturbed-studio.ts';

async function limitStorage(page: Page, bytes: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const origin = new URL(page.url()).origin;
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: bytes });
}

/** Resolves once a write fails for want of room; the page must be one that keeps no database open. */
async function untilFull(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(writeProbe), { timeout: 90_000, intervals: [6000] })
    .toBe('QuotaExceededError');
}

/** The name of the error of writing a little into a database of its own, which is removed again. */
function writeProbe(): Promise<string> {
  return new Promise((resolve) => {
    const opening = indexedDB.open('quota-probe', 1);
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('bytes');
    };
    opening.onerror = () => {
      resolve(opening.error?.name ?? '');
    };
    opening.onsuccess = () => {
      const database = opening.result;
      const finish = (name: string): void => {
        database.close();
        const deleting = indexedDB.deleteDatabase('quota-probe');
        deleting.onsuccess = deleting.onerror = () => {
          resolve(name);
        };
      };
      const writing = database.transaction('bytes', 'readwrite', { durability: 'strict' });
      writing.objectStore('bytes').put(new Uint8Array(100_000), 'probe');
      writing.oncomplete = () => {
        finish('written');
      };
      writing.onabort = () => {
        finish(writing.error?.name ?? '');
      };
    };
  });
}

test('a full storage is said in a sentence, and what was saved stays', async ({
  page,
  sharedServer,
}) => {
  const studio = new DisturbedStudio(page);
  await studio.open();
  await studio.addDots(6);
  await limitStorage(page, 1);
  // The browser remembers how much room there was until it has put the unused database away.
  await openBarePage(page, sharedServer.url);
  await untilFull(page);
  await studio.open();
  await studio.chooseFiles('dots', patternPhotos('dots', 20, 6));

  await expect(studio.notices()).toContainText('storage is full');
  await studio.settled();
  await expect(studio.intakeResult()).toContainText('0 of 20 photos added');
  await studio.showAllRefusals();
  const refused = studio.refusedFiles();
  await expect(refused).toHaveCount(20);
  await expect(refused.first()).toContainText('dots-6.png');
  await expect(refused.first()).toContainText('storage is full');
  await studio.showsPhotoCount('dots', 6);

  await page.reload();
  await studio.ready();
  await studio.showsPhotoCount('dots', 6);
  expect(await photosWithoutPicture(page)).toEqual([]);

  await limitStorage(page, 2_000_000_000);
  await studio.addPhotos('dots', patternPhotos('dots', 4, 30));
  await expect(studio.intakeResult()).toContainText('4 of 4 photos added');
  expect(await storedPhotos(page)).toHaveLength(10);
});

test('storage that runs low is said before anything is lost, and offers the way out', async ({
  page,
}) => {
  // Chromium tells pages more room than there is, whatever the quota: a browser that tells the truth.
  await page.addInitScript(() => {
    navigator.storage.estimate = () => Promise.resolve({ usage: 900e6, quota: 930e6 });
  });
  const studio = new DisturbedStudio(page);
  await studio.open();
  await expect(studio.notices()).toContainText('storage is nearly full');
  await studio.addDots(6);
  await studio.notices().getByRole('button', { name: 'Export', exact: true }).click();
  await expect(page.getByRole('dialog', { name: 'Share' })).toBeVisible();
});

test('a first visit without any room says so', async ({ page, sharedServer, consoleWatch }) => {
  // The service worker cannot keep the app either.
  consoleWatch.allow(/quota/i);
  await openBarePage(page, sharedServer.url);
  await limitStorage(page, 1);
  await page.goto('./?backend=wasm');
  await expect(page.locator('html')).toHaveAttribute('data-boot', 'failed');
  await expect(page.getByRole('alert')).toContainText('free some disk space');
});

for (const [what, breakStorage] of [
  [
    'switched off',
    () => {
      Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
    },
  ],
  [
    'blocked',
    () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('The user denied permission', 'SecurityError');
      };
    },
  ],
] as const) {
  test(`a browser with its database ${what} gets advice instead of a blank page`, async ({
    page,
  }) => {
    await page.addInitScript(breakStorage);
    await page.goto('./?backend=wasm');
    const alert = page.getByRole('alert');
    await expect(alert).toContainText('could not start');
    await expect(alert).toContainText('Leave private browsing');
  });
}

test('a database of a newer version is left alone, with advice', async ({ page, sharedServer }) => {
  await openBarePage(page, sharedServer.url);
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('headstart', 9999);
        opening.onerror = () => {
          reject(new Error('cannot open'));
        };
        opening.onsuccess = () => {
          opening.result.close();
          resolve();
        };
      }),
  );
  await page.goto('./?backend=wasm');
  await expect(page.getByRole('alert')).toContainText('could not start');
  const version = await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return databases.find(({ name }) => name === 'headstart')?.version;
  });
  expect(version).toBe(9999);
});
