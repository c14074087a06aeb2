/** Several projects: make, name, open, duplicate, delete, bring back. */
import type { Locator, Page } from '@playwright/test';
import { violationsOn } from '../fixtures/accessibility.ts';
import { expect, test } from '../fixtures/app.ts';
import { DisturbedStudio } from '../pages/disturbed-studio.ts';

async function openShelf(page: Page): Promise<Locator> {
  await page.getByRole('button', { name: 'Projects', exact: true }).click();
  const panel = page.getByRole('dialog', { name: 'Projects' });
  await expect(panel.getByRole('listitem').first()).toBeVisible();
  return panel;
}

async function choose(page: Page, project: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${project}`, exact: true }).click();
  await page.getByRole('menuitem', { name: action }).click();
}

const projectName = (page: Page) => page.getByRole('textbox', { name: 'Project name' });

test('a second project is empty, the first comes back whole, a deleted one can be brought back', async ({
  page,
}) => {
  const studio = new DisturbedStudio(page);
  await studio.open();
  await studio.addTwoClasses(6);
  await studio.setNumber('Epochs', 3);
  await studio.trainAgain();

  let panel = await openShelf(page);
  await expect(panel.getByRole('listitem')).toHaveText(/12 photos in 2 classes · 1 run/);
  await panel.getByRole('button', { name: 'New project' }).click();
  await expect(projectName(page)).toHaveValue('Project 2');
  await studio.ready();
  await expect(page.getByRole('button', { name: 'Choose photos' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('data-training', 'idle');

  panel = await openShelf(page);
  expect(await violationsOn(page, 'projects', '[role=dialog]')).toEqual([]);
  const items = panel.getByRole('listitem');
  await expect(items).toHaveCount(2);
  await expect(items.first()).toContainText('Open now');
  await choose(page, 'My project', 'Duplicate');
  await expect(items).toHaveCount(3);
  const field = panel.getByRole('textbox', { name: 'Name of project My project copy' });
  await field.fill('Shapes');
  await field.press('Enter');
  await expect(panel.getByRole('button', { name: 'Open Shapes' })).toBeVisible();
  await panel.getByRole('button', { name: 'Open Shapes' }).click();
  await expect(projectName(page)).toHaveValue('Shapes');
  await studio.ready();
  await studio.showsPhotoCount('dots', 6);
  await expect(page.locator('html')).toHaveAttribute('data-training', 'finished');

  // The open one: the page goes on with the one used before it, and the undo comes along.
  await openShelf(page);
  await choose(page, 'Shapes', 'Delete');
  await expect(projectName(page)).not.toHaveValue('Shapes');
  await studio.ready();
  await expect(studio.notices()).toContainText('“Shapes” was deleted');
  await page.getByRole('button', { name: 'Bring back Shapes' }).click();
  panel = await openShelf(page);
  await expect(panel.getByRole('button', { name: 'Open Shapes' })).toBeVisible();
  await choose(page, 'Shapes', 'Delete');
  await page.getByRole('button', { name: 'Delete Shapes for good' }).click();
  await expect(panel.getByRole('listitem')).toHaveCount(2);

  await panel.getByRole('button', { name: 'Open My project' }).click();
  await expect(projectName(page)).toHaveValue('My project');
  await studio.ready();
  await studio.showsPhotoCount('stripes', 6);
  await page.reload();
  await studio.ready();
  await expect(projectName(page)).toHaveValue('My project');
});
