/** From the empty page to a trained model and a prediction without a pointer. */
import { expect, test } from '../fixtures/app.ts';
import { tabTo } from '../fixtures/focus.ts';
import { StudioPage } from '../pages/studio-page.ts';

test('the whole way by keyboard, with the focus in sight at every stop', async ({ page }) => {
  test.slow();
  const studio = new StudioPage(page);
  const { keyboard } = page;
  // Asked for only when it is waited for, the interception can come after the key.
  page.on('filechooser', () => undefined);
  await studio.open();

  // A drawn set: another theme, few pictures, easy ones.
  await tabTo(page, page.getByRole('button', { name: 'Sample sets', exact: true }));
  await keyboard.press('Enter');
  const panel = page.getByRole('dialog', { name: 'Sample sets' });
  await expect(panel).toBeFocused();
  await tabTo(page, panel.getByRole('radio', { name: 'Leaves' }));
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowRight');
  await expect(panel.getByRole('radio', { name: 'Fruit' })).toBeChecked();
  const count = panel.getByRole('slider', { name: 'Photos a class' });
  await tabTo(page, count);
  await keyboard.press('Home');
  await expect(count).toHaveAttribute('aria-valuetext', '5');
  await keyboard.press('ArrowRight');
  await expect(count).toHaveAttribute('aria-valuetext', '10');
  const difficulty = panel.getByRole('slider', { name: 'Difficulty' });
  await tabTo(page, difficulty);
  await keyboard.press('Home');
  await expect(difficulty).toHaveAttribute('aria-valuetext', /^0/);
  const example = panel.getByRole('figure', { name: 'Examples of lemon' }).locator('img').first();
  // Drawn again a moment after the slider rests, and not before: the old picture goes first.
  await expect(example).toHaveCount(0);
  await expect(example).toBeVisible();
  const unseen = await example.evaluate(async (image: HTMLImageElement) => {
    const bytes = new Uint8Array(await (await fetch(image.src)).arrayBuffer());
    return Array.from(bytes);
  });
  await tabTo(page, panel.getByRole('button', { name: 'Add 40 pictures' }));
  await keyboard.press('Enter');
  await expect(panel).toHaveCount(0);
  await studio.counts(4, 40);
  await studio.settled();

  // Two knobs: one by its slider, one typed.
  const epochs = studio.training.getByRole('slider', { name: 'Epochs', exact: true });
  await tabTo(page, epochs);
  const epochsBefore = Number(await studio.numberField('Epochs').inputValue());
  await keyboard.press('ArrowLeft');
  await keyboard.press('ArrowLeft');
  const epochsAfter = Number(await studio.numberField('Epochs').inputValue());
  expect(epochsAfter).toBeLessThan(epochsBefore);
  await tabTo(page, studio.numberField('Batch size'));
  await keyboard.type('16');
  await keyboard.press('Enter');
  await expect(studio.numberField('Batch size')).toHaveValue('16');

  await tabTo(page, studio.trainButton, { backwards: true });
  await keyboard.press('Enter');
  await expect(studio.root).toHaveAttribute('data-training', 'finished', { timeout: 120_000 });

  await readCurve(page, studio, epochsAfter);

  // The browser's own dialog is left to the browser; what it hands back is a file.
  await tabTo(page, studio.tryIt.getByRole('button', { name: 'Choose a photo to try' }));
  const chooser = page.waitForEvent('filechooser');
  await keyboard.press('Enter');
  await (
    await chooser
  ).setFiles({ name: 'unseen.webp', mimeType: 'image/webp', buffer: Buffer.from(unseen) });
  expect((await studio.answerFor('unseen.webp')).className).toBe('lemon');

  await tabTo(page, page.getByRole('button', { name: 'Theme: system' }), { backwards: true });
  await keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Theme: light' })).toBeFocused();
  await expect(studio.root).toHaveAttribute('data-theme', 'light');
  await keyboard.press('Enter');
  await expect(studio.root).toHaveAttribute('data-theme', 'dark');
});

/** Arrow keys read the values epoch by epoch; the table behind the chart opens by keyboard. */
async function readCurve(page: StudioPage['page'], studio: StudioPage, epochs: number) {
  const { keyboard } = page;
  const curve = studio.curve('Loss by epoch');
  await tabTo(page, curve);
  await keyboard.press('Home');
  await expect(curve).toHaveAttribute('aria-valuetext', /^Epoch 1: training [\d.]+/);
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowRight');
  await expect(curve).toHaveAttribute('aria-valuetext', /^Epoch 3: training [\d.]+/);
  await keyboard.press('PageUp');
  await expect(curve).toHaveAttribute('aria-valuenow', '13');
  await keyboard.press('End');
  await expect(curve).toHaveAttribute('aria-valuenow', String(epochs));
  // One cursor for both charts.
  await expect(studio.curve('Accuracy by epoch')).toHaveAttribute('aria-valuenow', String(epochs));
  const toggle = studio.figure('Loss by epoch').getByRole('button', { name: 'Show as table' });
  await tabTo(page, toggle);
  await keyboard.press('Enter');
  await expect(studio.training.getByRole('table', { name: /^Loss by epoch/ })).toBeVisible();
  await keyboard.press('Enter');
}
