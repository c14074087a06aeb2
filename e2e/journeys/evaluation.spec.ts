/**
 * The evaluation room: numbers with intervals, a confusion cell that opens exactly its photos, planted
 * label errors found, "I don't know" for things of no class, and a report that says what the screen says.
 */
import { readFile } from 'node:fs/promises';
import { test, expect } from '../fixtures/app.ts';
import { startClock, stopClockAt } from '../fixtures/fixed-seed.ts';
import { patternPhotos, type PhotoFile } from '../fixtures/generated-photos.ts';
import { EvaluationRoom } from '../pages/evaluation-room.ts';
import { StudioPage } from '../pages/studio-page.ts';
import type { Locator, Page } from '@playwright/test';

/** Stripes and dots, `flipped` of each lying in the other's class. */
async function trainedStudio(page: Page, flipped: number): Promise<StudioPage> {
  const studio = new StudioPage(page);
  await stopClockAt(page, 1);
  await studio.open();
  await startClock(page);
  const swap = (own: PhotoFile[], other: PhotoFile[]): PhotoFile[] => [
    ...own.slice(flipped),
    ...other.slice(0, flipped),
  ];
  const [stripes, dots] = [patternPhotos('stripes', 30), patternPhotos('dots', 30)];
  await studio.addLoosePhotos(swap(stripes, dots));
  await studio.addClass('Dots');
  await studio.addPhotos('Dots', swap(dots, stripes));
  await studio.train();
  return studio;
}

test('numbers follow their interval, and a cell opens exactly its photos', async ({ page }) => {
  const studio = await trainedStudio(page, 3);
  const room = await EvaluationRoom.open(studio);
  const evaluation = room.region;
  await evaluation.getByText('All photos in turn', { exact: true }).click();
  await evaluation.getByRole('button', { name: 'Judge by all photos in turn' }).click();
  const headline = evaluation.getByRole('status', { name: 'How good the model is' });
  await expect(headline).toContainText('60 photos', { timeout: 120_000 });

  const cells = evaluation.getByRole('button', { name: /photos? of .+, answered / });
  const names = await cells.evaluateAll((all) =>
    all.map((cell) => cell.getAttribute('aria-label') ?? ''),
  );
  const counts = names.map((name) => Number.parseInt(name, 10));
  expect(counts.reduce((sum, count) => sum + (Number.isNaN(count) ? 0 : count), 0)).toBe(60);
  const wrong = names.findIndex((_, i) => (counts[i] ?? 0) > 0 && i !== 0 && i !== 3);
  expect(wrong).toBeGreaterThan(0);
  // By keyboard: the table is one tab stop, arrows go from cell to cell.
  await cells.first().focus();
  await page.keyboard.press(wrong === 1 ? 'ArrowRight' : 'ArrowDown');
  await page.keyboard.press('Enter');
  const listed = evaluation
    .getByRole('region', { name: 'Confusion matrix' })
    .getByRole('list')
    .first()
    .getByRole('button');
  await expect(listed).toHaveCount(counts[wrong] ?? 0);
});

test('planted label errors are found, one key each, and can be taken back', async ({ page }) => {
  const studio = await trainedStudio(page, 3);
  const room = await EvaluationRoom.open(studio);
  const evaluation = room.region;
  await room.openTab('Labels');
  await evaluation.getByRole('button', { name: 'Check the labels' }).click();
  const card = evaluation.getByRole('group', { name: /^Is the label of / });
  await expect(card).toBeVisible({ timeout: 120_000 });
  const progress = evaluation.getByRole('status', { name: 'Label check' });
  const total = Number(/of (\d+),/.exec((await progress.textContent()) ?? '')?.[1] ?? 0);
  let found = 0;
  for (let at = 1; at <= total; at++) {
    await expect(progress).toContainText(`${String(at)} of ${String(total)}`);
    const name = (await card.getAttribute('aria-label')) ?? '';
    const question = (await card.textContent()) ?? '';
    // A drawn photo is named after what it shows.
    const isFlip = name.includes('dots') !== /Labelled Dots/.test(question);
    if (isFlip) found += 1;
    await page.keyboard.press(isFlip ? 'r' : 'k');
  }
  console.log(`${String(found)} of 6 planted errors among ${String(total)} suspects`);
  expect(found / 6).toBeGreaterThanOrEqual(0.7);
  expect(found / total).toBeGreaterThanOrEqual(0.5);
  await expect(progress).toContainText(`All ${String(total)} looked at`);
  await evaluation.getByRole('button', { name: /Take back/ }).click();
  await expect(progress).toContainText(`${String(total)} of ${String(total)}`);
});

test('the report says the same numbers as the screen', async ({ page }) => {
  const studio = await trainedStudio(page, 0);
  const room = await EvaluationRoom.open(studio);
  const evaluation = room.region;
  const headline = await evaluation
    .getByRole('status', { name: 'How good the model is' })
    .textContent();
  const cellsOf = async (name: string): Promise<readonly string[]> =>
    evaluation
      .getByRole('table', { name, exact: true })
      .getByRole('cell')
      .evaluateAll((cells) => cells.map((cell) => cell.textContent.trim()));
  const overall = await cellsOf('Figures over all photos');
  const classes = await cellsOf('Class by class');
  expect(overall.length).toBe(5);
  await room.openTab('Report');
  const report = evaluation.getByRole('article', { name: 'Report' });
  await expect(report).toContainText(headline ?? 'no headline');
  expect(await cellsOf('Figures over all photos')).toEqual(overall);
  expect(await cellsOf('Class by class')).toEqual(classes);

  const waiting = page.waitForEvent('download');
  await evaluation.getByRole('button', { name: 'Download the report' }).click();
  const html = await readFile(await (await waiting).path(), 'utf8');
  for (const text of [headline ?? 'no headline', ...overall]) expect(html).toContain(text);
  expect(html).not.toMatch(/<script|src=|href=/);

  await room.openTab('Overview');
  await expectMatchesCount(evaluation);
});

/** By name nothing of the backbone's fits; what is said to stand for a class competes at once. */
async function expectMatchesCount(evaluation: Locator): Promise<void> {
  const contenders = evaluation.getByRole('table', { name: 'Better than what?' });
  const row = contenders.getByRole('row', { name: /own class names/ });
  await expect(contenders.getByRole('row')).not.toHaveCount(0);
  await expect(row).toHaveCount(0);
  await evaluation.getByRole('button', { name: /^The backbone’s own class names/ }).click();
  await evaluation.getByRole('button', { name: 'Change what stands for Dots' }).click();
  await evaluation.getByRole('textbox', { name: /^Search the backbone’s \d+ classes$/ }).fill('a');
  const hits = evaluation.getByRole('group', { name: 'Classes that stand for Dots' });
  await hits.getByRole('checkbox').first().click();
  await expect(hits.getByRole('checkbox').first()).toBeChecked();
  // It knows of one class only, so all are that to it: half of the photos are.
  await expect(row).toContainText('50% (');
  const before = await row.textContent();
  await evaluation.getByRole('button', { name: 'Change what stands for Class 1' }).click();
  const others = evaluation.getByRole('group', { name: 'Classes that stand for Class 1' });
  await evaluation.getByRole('textbox', { name: /^Search the backbone’s/ }).fill('e');
  await others.getByRole('checkbox').nth(2).click();
  await expect(evaluation.getByText('2 of 2 matched')).toBeVisible();
  console.log(`one class matched: ${before ?? ''}; both: ${(await row.textContent()) ?? ''}`);
  await evaluation.getByRole('button', { name: 'Match by name again' }).click();
  await expect(evaluation.getByText('1 of 2 matched')).toBeVisible();
  await expect(row).toHaveText(before ?? '');
}

test("it says I don't know below the dial", async ({ page }) => {
  const studio = await trainedStudio(page, 0);
  const room = await EvaluationRoom.open(studio);
  const evaluation = room.region;
  await room.openTab('Certainty');
  await expect(evaluation.getByRole('img', { name: 'How sure, how often right' })).toBeVisible();
  await evaluation.getByText('Say “I don’t know” in Try it').click();
  const dial = evaluation.getByRole('textbox', { name: 'Least certainty, as a number' });
  await dial.fill('99');
  await dial.press('Enter');
  await expect(evaluation.getByRole('status', { name: 'What the dial does' })).toContainText(
    'It answers',
  );
  await studio.openView('Train');
  await studio.tryIt.getByTestId('try-input').setInputFiles(patternPhotos('dots', 1, 90));
  await expect(studio.tryIt.getByRole('status', { name: 'Prediction' })).toContainText(
    /I don’t know|dots-90/,
    { timeout: 60_000 },
  );
});
