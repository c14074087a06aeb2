import { expect, it } from 'vitest';
import { crc32, crc32InSlices } from './crc32.ts';

it('gives the published check value, in one go and in slices', async () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  const large = new Uint8Array(2 ** 22 + 5).fill(3);
  expect(await crc32InSlices(large)).toBe(crc32(large));
});
