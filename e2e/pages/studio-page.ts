/** The studio as a person meets it, by role and accessible name (docs/AUTOMATION.md). */
import { expect, type Locator, type Page } from '@playwright/test';
import type { PhotoFile } from '../fixtures/generated-photos.ts';

export class StudioPage {
  readonly data: Locator;
  readonly training: Locator;
  readonly tryIt: Locator;

  constructor(readonly page: Page) {
    this.data = page.getByRole('region', { name: 'Data', exact: true });
    this.training = page.getByRole('region', { name: 'Training', exact: true });
    this.tryIt = page.getByRole('region', { name: 'Try it', exact: true });
  }

  /** Opens the app on a fixed backend (no survey in the background) and waits for the backbone. */
  async open(options: { backend?: string; query?: string } = {}): Promise<void> {
    const backend = options.backend ?? 'wasm';
    await this.page.goto(`./?backend=${backend}${options.query ?? ''}`);
    await this.ready();
  }

  async ready(): Promise<void> {
    const root = this.page.locator('html');
    await expect(root).toHaveAttribute('data-boot', 'ready');
    await expect(root).toHaveAttribute('data-backbone', /.+/, { timeout: 60_000 });
  }

  async usesBackend(embedding: string, head = embedding): Promise<void> {
    const root = this.page.locator('html');
    await expect(root).toHaveAttribute('data-backend-embedding', embedding);
    await expect(root).toHaveAttribute('data-backend-head', head);
  }

  async addClass(name: string): Promise<void> {
    await this.data.getByRole('button', { name: 'Add class', exact: true }).click();
    const field = this.data.getByRole('textbox', { name: /^Name of class/ }).last();
    await field.fill(name);
    await field.press('Enter');
    await expect(this.classColumn(name)).toBeVisible();
  }

  classColumn(name: string): Locator {
    return this.data.getByRole('group', { name, exact: true });
  }

  photosOf(name: string): Locator {
    return this.data.getByRole('listbox', { name: `Photos of ${name}` }).getByRole('option');
  }

  async addPhotos(className: string, files: readonly (string | PhotoFile)[]): Promise<void> {
    await this.classColumn(className)
      .locator('input[type=file]')
      .setInputFiles(files as string[]);
    await this.settled();
  }

  /** Nothing is coming in and nothing is being embedded. */
  async settled(timeoutMs = 180_000): Promise<void> {
    await expect(this.page.locator('html')).toHaveAttribute('data-busy', 'false', {
      timeout: timeoutMs,
    });
  }

  async setNumber(name: string, value: number): Promise<void> {
    const field = this.training.getByRole('textbox', { name, exact: true });
    await field.fill(String(value));
    await field.press('Enter');
  }

  async train(timeoutMs = 120_000): Promise<void> {
    await this.training.getByRole('button', { name: 'Train', exact: true }).click();
    await expect(this.page.locator('html')).toHaveAttribute('data-training', 'finished', {
      timeout: timeoutMs,
    });
  }

  /** Class name and probability of the top answer for a photo. */
  async tryPhoto(file: string | PhotoFile): Promise<{ className: string; percent: number }> {
    await this.tryIt.getByTestId('try-input').setInputFiles(file as string);
    const status = this.tryIt.getByRole('status', { name: 'Prediction' });
    const fileName = typeof file === 'string' ? (file.split('/').at(-1) ?? '') : file.name;
    await expect(status).toContainText(fileName, { timeout: 30_000 });
    const top = this.tryIt
      .getByRole('list', { name: 'Probabilities' })
      .getByRole('listitem')
      .first();
    const text = (await top.textContent()) ?? '';
    const percent = Number(/([\d.]+)\s*%/.exec(text)?.[1] ?? NaN);
    const className = (await top.getAttribute('data-class-name')) ?? '';
    return { className, percent };
  }
}
