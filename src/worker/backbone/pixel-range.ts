/**
 * The one place where pixels become network input. Backbones differ in what they expect ([0, 1] or
 * [-1, 1]); feeding the wrong one gives embeddings that look fine and classify badly.
 */

/** Input value of each byte 0..255 for a range [low, high]. */
export function pixelTable(range: readonly [number, number]): Float32Array {
  const [low, high] = range;
  return Float32Array.from({ length: 256 }, (_unused, byte) => low + ((high - low) * byte) / 255);
}

/** Fills `out` with the table's values of `bytes[from …]`; the rest of `out` becomes zero. */
export function scalePixels(
  bytes: Uint8Array,
  from: number,
  length: number,
  table: Float32Array,
  out: Float32Array,
): void {
  for (let i = 0; i < length; i++) out[i] = table[bytes[from + i] as number] as number;
  out.fill(0, length);
}

/**
 * The golden input [1, size, size, 3]: sin((x·(c+1) + 2y) / 16), from [-1, 1] onto `range`.
 * It takes the same way as pixels, so a wrong range shows in the golden embedding.
 */
export function sineInput(size: number, range: readonly [number, number]): Float32Array {
  const [low, high] = range;
  const input = new Float32Array(size * size * 3);
  let i = 0;
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      for (let c = 0; c < 3; c++) {
        const wave = Math.sin((x * (c + 1) + 2 * y) / 16);
        input[i++] = low + ((high - low) * (wave + 1)) / 2;
      }
    }
  }
  return input;
}
