/** Measures the current backend on the loaded backbone; heads are timed by `head/choose-head-math`. */
import type { BackboneNetwork } from '../backbone/backbone-network.ts';
import { sineInput } from '../backbone/pixel-range.ts';
import { throwIfAborted } from '../dispatch.ts';
import { runBatch } from '../embed/embed-pixels.ts';
import { yieldToMessages } from '../embed/yield-to-messages.ts';

/** Enough for a median; fewer only when the budget is used up. */
const MOST_RUNS = 15;

/** Median pictures per second; the first (compiling) batch is left out. */
export async function timeImages(
  network: BackboneNetwork,
  imageBatch: number,
  budgetMs: number,
  signal: AbortSignal,
): Promise<number> {
  const picture = sineInput(network.card.inputSize, network.inputRange);
  const input = new Float32Array(picture.length * imageBatch);
  for (let i = 0; i < imageBatch; i++) input.set(picture, i * picture.length);
  const batchMs = await medianMs(() => runBatch(network, input, imageBatch), budgetMs, signal);
  return (imageBatch * 1000) / batchMs;
}

/** Median wall time of `work` after one run that is not counted; at least one run is counted. */
async function medianMs(
  work: () => Promise<unknown>,
  budgetMs: number,
  signal: AbortSignal,
): Promise<number> {
  await work();
  const deadline = performance.now() + budgetMs;
  const times: number[] = [];
  do {
    await yieldToMessages();
    throwIfAborted(signal);
    const begun = performance.now();
    await work();
    times.push(performance.now() - begun);
  } while (times.length < MOST_RUNS && performance.now() < deadline);
  times.sort((a, b) => a - b);
  // Clocks are coarse in some browsers; a run never takes no time.
  return Math.max(0.01, times[Math.floor(times.length / 2)] as number);
}
