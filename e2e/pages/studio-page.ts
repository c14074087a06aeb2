/** The studio as a person meets it, by role and accessible name (docs/AUTOMATION.md). */
import { readdirSync } from 'node:fs';
import { expect, type Locator, type Page } from '@playwright/test';
import { PREVIEW_FROM_FILES } from '../../src/features/capture/archive-files.ts';
import type { PhotoFile } from '../fixtures/generated-photos.ts';

export type PanelName = 'Backbone' | 'Backends' | 'Storage';
export type ViewName = 'Train' | 'Evaluate' | 'Runs' | 'Export';
export type CurveName = 'Loss by epoch' | 'Accuracy by epoch';

export interface CurveRow {
  readonly epoch: number;
  readonly training: string;
  readonly validation: string;
  readonly remark: string;
}

export class StudioPage {
  readonly data: Locator;
  readonly training: Locator;
  readonly tryIt: Locator;
  readonly root: Locator;

  constructor(readonly page: Page) {
    this.data = page.getByRole('region', { name: 'Data', exact: true });
    this.training = page.getByRole('region', { name: 'Training', exact: true });
    this.tryIt = page.getByRole('region', { name: 'Try it', exact: true });
    this.root = page.locator('html');
  }

  /** Opens the app on a fixed backend (no survey in the background) and waits for the backbone. */
  async open(options: { backend?: string; query?: string } = {}): Promise<void> {
    const backend = options.backend ?? 'wasm';
    await this.page.goto(`./?backend=${backend}${options.query ?? ''}`);
    await this.ready();
  }

  async ready(): Promise<void> {
    await expect(this.root).toHaveAttribute('data-boot', 'ready');
    await expect(this.root).toHaveAttribute('data-backbone', /.+/, { timeout: 60_000 });
  }

  async usesBackend(embedding: string, head = embedding): Promise<void> {
    await expect(this.root).toHaveAttribute('data-backend-embedding', embedding);
    await expect(this.root).toHaveAttribute('data-backend-head', head);
  }

  async openView(name: ViewName): Promise<void> {
    const views = this.page.getByRole('navigation', { name: 'Views' });
    await views.getByRole('button', { name, exact: true }).click();
  }

  /** Takes a backbone into use, unless it is; `name` is what the person reads on its button. */
  async useBackbone(id: string, name: string): Promise<void> {
    if ((await this.root.getAttribute('data-backbone')) === id) return;
    const panel = await this.openPanel('Backbone');
    await panel.getByRole('button', { name: `Use ${name}`, exact: true }).click();
    await expect(this.root).toHaveAttribute('data-backbone', id, { timeout: 120_000 });
    await this.closePanel(panel);
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

  async removeClass(name: string): Promise<void> {
    await this.data.getByRole('button', { name: `Actions for ${name}`, exact: true }).click();
    await this.page.getByRole('menuitem', { name: 'Remove class' }).click();
    await expect(this.classColumn(name)).toHaveCount(0);
  }

  photosOf(name: string): Locator {
    return this.data.getByRole('listbox', { name: `Photos of ${name}` }).getByRole('option');
  }

  async addPhotos(className: string, files: readonly (string | PhotoFile)[]): Promise<string> {
    const input = this.classColumn(className).locator('input[type=file]');
    return this.takeIn(() => input.setInputFiles(files as string[]));
  }

  /** Loose photos for the whole project: they get a class of their own. */
  async addLoosePhotos(files: readonly (string | PhotoFile)[]): Promise<string> {
    const input = this.page.getByTestId('photo-input');
    return this.takeIn(() => input.setInputFiles(files as string[]));
  }

  /** A folder on disk, chosen with the folder picker; each folder in it becomes a class. */
  async addFolders(folder: string): Promise<string> {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true });
    const isPreviewed = files.filter((entry) => entry.isFile()).length >= PREVIEW_FROM_FILES;
    return this.takeIn(async () => {
      await this.page.getByTestId('folder-input').setInputFiles(folder);
      if (isPreviewed) {
        await this.page.getByRole('button', { name: 'Add to this project' }).click();
      }
    });
  }

  /** Gives files, waits until they are in and embedded; what the app says came of them. */
  private async takeIn(give: () => Promise<void>): Promise<string> {
    const dismiss = this.data.getByRole('button', { name: 'Dismiss the result of adding photos' });
    if (await dismiss.isVisible()) await dismiss.click();
    await expect(dismiss).toHaveCount(0);
    await give();
    const result = this.data.getByRole('status', { name: 'Result of adding photos' });
    await expect(result).toContainText('added', { timeout: 180_000 });
    await this.settled();
    return (await result.textContent()) ?? '';
  }

  /** "2 classes, 40 photos". */
  async counts(classes: number, photos: number): Promise<void> {
    const words = `${String(classes)} class${classes === 1 ? '' : 'es'}, ${String(photos)} photo`;
    await expect(this.data.getByText(words)).toBeVisible({ timeout: 60_000 });
  }

  /** Nothing is coming in and nothing is being embedded. */
  async settled(timeoutMs = 180_000): Promise<void> {
    await expect(this.root).toHaveAttribute('data-busy', 'false', { timeout: timeoutMs });
  }

  numberField(name: string): Locator {
    return this.training.getByRole('textbox', { name: `${name}, as a number`, exact: true });
  }

  async setNumber(name: string, value: number | string): Promise<void> {
    const field = this.numberField(name);
    await field.fill(String(value));
    await field.press('Enter');
  }

  async showAllSettings(): Promise<void> {
    const more = this.training.getByRole('button', { name: 'More settings', exact: true });
    if (await more.isVisible()) await more.click();
  }

  get trainButton(): Locator {
    return this.training.getByRole('button', { name: 'Train', exact: true });
  }

  get trainingProgress(): Locator {
    return this.training.getByRole('status', { name: 'Training progress' });
  }

  /** Trains to the end. An earlier run's end, still shown at first, is not mistaken for this one's. */
  async train(timeoutMs = 120_000): Promise<void> {
    await this.page.evaluate(() => {
      const root = document.documentElement;
      delete root.dataset['testTraining'];
      const observer = new MutationObserver(() => {
        if (root.dataset['training'] !== 'finished') root.dataset['testTraining'] = 'began';
        else if (root.dataset['testTraining'] === 'began') root.dataset['testTraining'] = 'ended';
      });
      observer.observe(root, { attributeFilter: ['data-training'] });
    });
    await this.trainButton.click();
    await expect(this.root).toHaveAttribute('data-test-training', 'ended', { timeout: timeoutMs });
  }

  figure(name: CurveName): Locator {
    return this.training.getByRole('figure', { name: new RegExp(`^${name}`) });
  }

  /** What arrow keys move: its value text reads the curve at one epoch. */
  curve(name: CurveName): Locator {
    return this.training.getByRole('slider', { name: new RegExp(`^${name}`) });
  }

  /** Early stopping's flag on a chart, moved through patience. */
  stopFlag(name: CurveName): Locator {
    return this.training.getByRole('slider', { name: `Stopping epoch, ${name}`, exact: true });
  }

  get timeMachine(): Locator {
    return this.training.getByRole('region', { name: 'Time machine', exact: true });
  }

  /** The table behind a chart; opens it if it is closed. */
  async curveTable(name: CurveName): Promise<readonly CurveRow[]> {
    const figure = this.figure(name);
    const toggle = figure.getByRole('button', { name: 'Show as table' });
    // With a key: when a run ends the reading above grows line by line, and a button that moves between
    // the mouse's down and up is not clicked.
    if ((await toggle.getAttribute('aria-expanded')) !== 'true') await toggle.press('Enter');
    const rows = figure.getByRole('region', { name }).getByRole('row');
    await expect(rows.nth(1)).toBeVisible();
    const cells = await rows.evaluateAll((all) =>
      all
        .slice(1)
        .map((row) => Array.from(row.querySelectorAll('th, td'), (cell) => cell.textContent)),
    );
    return cells.map(([epoch = '', training = '', validation = '', remark = '']) => ({
      epoch: Number(epoch.replaceAll(',', '')),
      training,
      validation,
      remark,
    }));
  }

  /** What the validation photos say of the head in use, in per cent. */
  async validationAccuracy(): Promise<number> {
    const rows = await this.curveTable('Accuracy by epoch');
    const best = rows.find(({ remark }) => remark.includes('Best epoch'));
    return Number.parseFloat(best?.validation ?? 'NaN');
  }

  /** Class name and probability of the top answer for a photo. */
  async tryPhoto(file: string | PhotoFile): Promise<{ className: string; percent: number }> {
    await this.tryIt.getByTestId('try-input').setInputFiles(file);
    return this.answerFor(typeof file === 'string' ? (file.split('/').at(-1) ?? '') : file.name);
  }

  async answerFor(fileName: string): Promise<{ className: string; percent: number }> {
    const status = this.tryIt.getByRole('status', { name: 'Prediction' });
    await status
      .filter({ hasText: `${fileName}: ` })
      .waitFor({ state: 'attached', timeout: 60_000 });
    const top = this.tryIt
      .getByRole('list', { name: 'Probabilities' })
      .getByRole('listitem')
      .first();
    const text = (await top.textContent()) ?? '';
    const percent = Number(/([\d.]+)\s*%/.exec(text)?.[1] ?? NaN);
    const className = (await top.getAttribute('data-class-name')) ?? '';
    return { className, percent };
  }

  /** Opens a panel from the top bar. */
  async openPanel(name: PanelName): Promise<Locator> {
    await this.page
      .getByRole('banner')
      .getByRole('button', { name: new RegExp(`^${name}: `) })
      .click();
    const panel = this.page.getByRole('dialog', { name, exact: true });
    await expect(panel).toBeVisible();
    return panel;
  }

  async closePanel(panel: Locator): Promise<void> {
    await panel.getByRole('button', { name: 'Close', exact: true }).click();
    await expect(panel).toHaveCount(0);
  }

  /** From the empty page's door, or from the menu once there are photos. */
  async openSampleSets(): Promise<Locator> {
    const door = this.page.getByRole('button', { name: 'Sample sets', exact: true });
    if (await door.isVisible()) await door.click();
    else {
      await this.data.getByRole('button', { name: 'Add photos', exact: true }).click();
      await this.page.getByRole('menuitem', { name: 'Sample sets' }).click();
    }
    const panel = this.page.getByRole('dialog', { name: 'Sample sets', exact: true });
    await expect(panel).toBeVisible();
    return panel;
  }
}
