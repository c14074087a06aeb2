/** The Evaluate view, as a person meets it (docs/AUTOMATION.md). */
import { expect, type Locator } from '@playwright/test';
import type { StudioPage } from './studio-page.ts';

export class EvaluationRoom {
  private constructor(readonly region: Locator) {}

  /** Waits until the model has been judged. */
  static async open(studio: StudioPage): Promise<EvaluationRoom> {
    await studio.openView('Evaluate');
    const region = studio.page.getByRole('region', { name: 'Evaluation', exact: true });
    await expect(region.getByRole('status', { name: 'How good the model is' })).toContainText(
      'Between',
      { timeout: 60_000 },
    );
    return new EvaluationRoom(region);
  }

  async openTab(name: string): Promise<void> {
    await this.region.getByRole('tab', { name, exact: true }).click();
  }
}
