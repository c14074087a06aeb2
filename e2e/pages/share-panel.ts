/** The panel through which data sets and projects leave as files. */
import { readFile } from 'node:fs/promises';
import { expect, type Page } from '@playwright/test';

export const EXPORT_KINDS = [
  'Photos in class folders (zip)',
  'Photos by side and class (zip)',
  'Teachable Machine project (.tm)',
  'Headstart project',
] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

/** The dialog of the operating system cannot be driven; browsers without it download. */
export async function withoutSaveDialog(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'showSaveFilePicker');
  });
}

export async function exportAs(
  page: Page,
  kind: ExportKind,
): Promise<{ name: string; bytes: Buffer }> {
  const panel = page.getByRole('dialog', { name: 'Share' });
  if (!(await panel.isVisible()))
    await page.getByRole('button', { name: 'Share', exact: true }).click();
  await panel.getByRole('button', { name: /What to export/ }).click();
  await page.getByRole('option', { name: kind }).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    panel.getByRole('button', { name: 'Export', exact: true }).click(),
  ]);
  await expect(panel.getByRole('status', { name: 'Result of the export' })).toContainText(
    'exported',
  );
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}
