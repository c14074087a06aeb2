/** The studio while something is under way: starts work without waiting for its end, and reads what is said. */
import { expect, type Locator } from '@playwright/test';
import { patternPhotos, type PhotoFile } from '../fixtures/generated-photos.ts';
import { photoFolders } from '../fixtures/photo-folders.ts';
import { StudioPage } from './studio-page.ts';

export class DisturbedStudio extends StudioPage {
  /** Classes "dots" and "stripes" with this many photos each. */
  async addTwoClasses(photosPerClass: number): Promise<void> {
    await this.addDots(photosPerClass, true);
  }

  /** One class, "dots"; with the other one as well if wanted. */
  async addDots(count: number, alsoStripes = false): Promise<void> {
    const dots = patternPhotos('dots', count);
    const stripes = alsoStripes ? { stripes: patternPhotos('stripes', count) } : {};
    await this.addFolders(await photoFolders({ dots, ...stripes }, `photos-${String(Date.now())}`));
  }

  /** Gives files to a class and returns as soon as they are coming in. */
  async chooseFiles(className: string, files: readonly PhotoFile[]): Promise<void> {
    const dismiss = this.data.getByRole('button', { name: 'Dismiss the result of adding photos' });
    if (await dismiss.isVisible()) await dismiss.click();
    await expect(this.intakeResult()).toHaveText('');
    await this.classColumn(className)
      .locator('input[type=file]')
      .setInputFiles([...files]);
    // The browser hands the files over a moment later; until then nothing seems to be coming in.
    await expect
      .poll(async () => {
        const isBusy = (await this.root.getAttribute('data-busy')) === 'true';
        return isBusy || (await this.intakeResult().textContent()) !== '';
      })
      .toBe(true);
  }

  async showsPhotoCount(className: string, count: number): Promise<void> {
    const text = count === 1 ? '1 photo' : `${String(count)} photos`;
    await expect(this.classColumn(className).getByText(text, { exact: true })).toBeVisible();
  }

  /** "12 of 14 photos added." */
  intakeResult(): Locator {
    return this.page.getByRole('status', { name: 'Result of adding photos' });
  }

  refusedFiles(): Locator {
    return this.page.getByRole('list', { name: 'Files not added' }).getByRole('listitem');
  }

  async showAllRefusals(): Promise<void> {
    const more = this.page.getByRole('button', { name: /^Show \d+ more files?$/ });
    await expect(this.refusedFiles().first()).toBeVisible();
    while ((await more.count()) > 0) await more.click();
  }

  notices(): Locator {
    return this.page.getByRole('region', { name: 'Notices' });
  }

  async setSwitch(name: string, isOn: boolean): Promise<void> {
    const control = this.training.getByRole('switch', { name: new RegExp(`^${name}`) });
    if ((await control.isChecked()) !== isOn) await control.press('Space');
    await expect(control).toBeChecked({ checked: isOn });
  }

  /** Presses Train and waits until epochs are counted. */
  async startTraining(): Promise<void> {
    await this.trainButton.click();
    await expect(this.root).toHaveAttribute('data-training', 'running');
  }

  /** Presses Train and waits for the end of the new run; the page says "finished" of the last one before. */
  async trainAgain(): Promise<void> {
    await expect(this.trainButton).toBeEnabled();
    const begun = this.page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const root = document.documentElement;
          const observer = new MutationObserver(() => {
            if (!['preparing', 'running'].includes(root.dataset['training'] ?? '')) return;
            observer.disconnect();
            resolve();
          });
          observer.observe(root, { attributeFilter: ['data-training'] });
        }),
    );
    await this.trainButton.click();
    await begun;
    await expect(this.root).toHaveAttribute('data-training', 'finished', { timeout: 120_000 });
  }

  /** The chip says that everything works without a network from now on. */
  async offlineReady(): Promise<void> {
    const chip = this.page.getByRole('banner').getByRole('button', { name: /^Offline: ready/ });
    await expect(chip).toBeVisible({ timeout: 60_000 });
  }

  /** Leaves (healthy, rust, blight), as many of each. */
  async addSamples(photosPerClass: number): Promise<void> {
    const panel = await this.openSampleSets();
    const count = panel.getByRole('textbox', { name: 'Photos a class, as a number' });
    await count.fill(String(photosPerClass));
    await count.press('Enter');
    await panel.getByRole('button', { name: /^Add \d+ pictures$/ }).click();
    await expect(this.intakeResult()).toContainText('added', { timeout: 60_000 });
    await this.settled();
  }
}
