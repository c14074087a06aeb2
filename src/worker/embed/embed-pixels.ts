/** Pictures in, embeddings out, in batches that can be cancelled in between. */
import { tensor4d, tidy } from '@tensorflow/tfjs-core';
import { EngineError } from '../../protocol/errors.ts';
import type { BackboneNetwork } from '../backbone/backbone-network.ts';
import { pixelTable, scalePixels } from '../backbone/pixel-range.ts';
import { throwIfAborted } from '../dispatch.ts';
import type { BatchTuner } from './batch-tuner.ts';
import { yieldToMessages } from './yield-to-messages.ts';

export interface EmbedOptions {
  readonly tuner: BatchTuner;
  readonly signal: AbortSignal;
  /** Called before each batch and after the last; throws if network or device are gone. */
  readonly assertUsable: () => void;
}

/**
 * pixels: RGB bytes [count, size, size, 3] → [count, width].
 * @throws EngineError `bad-request`, `aborted`, or what `assertUsable` throws.
 */
export async function embedPixels(
  network: BackboneNetwork,
  pixels: Uint8Array,
  count: number,
  options: EmbedOptions,
): Promise<Float32Array> {
  const { inputSize: size, embedding } = network.card;
  const valuesPerPicture = size * size * 3;
  if (!Number.isSafeInteger(count) || count < 0 || pixels.length !== count * valuesPerPicture) {
    const message = `${pixels.length} bytes are not ${count} pictures of ${size}×${size}×3`;
    throw new EngineError({ code: 'bad-request', message });
  }
  const { tuner, signal, assertUsable } = options;
  const table = pixelTable(network.inputRange);
  const result = new Float32Array(count * embedding.width);
  for (let done = 0; done < count;) {
    if (done > 0) await yieldToMessages();
    throwIfAborted(signal);
    assertUsable();
    const batch = tuner.next(count - done);
    const real = Math.min(batch, count - done);
    const begun = performance.now();
    const input = new Float32Array(batch * valuesPerPicture);
    scalePixels(pixels, done * valuesPerPicture, real * valuesPerPicture, table, input);
    const values = await runBatch(network, input, batch);
    tuner.record(batch, performance.now() - begun);
    result.set(values.subarray(0, real * embedding.width), done * embedding.width);
    done += real;
  }
  // A GPU lost on the way gives zeros, not an error.
  assertUsable();
  return result;
}

/** input [batch, size, size, 3] in the network's range → [batch, width]. Leaves no tensors. */
export async function runBatch(
  network: BackboneNetwork,
  input: Float32Array,
  batch: number,
): Promise<Float32Array> {
  const size = network.card.inputSize;
  const output = tidy(() => network.embed(tensor4d(input, [batch, size, size, 3])));
  try {
    return (await output.data()) as Float32Array;
  } finally {
    output.dispose();
  }
}
