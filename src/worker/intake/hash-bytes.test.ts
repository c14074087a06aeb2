import { afterEach, describe, expect, it, vi } from 'vitest';
import { hashBytes } from './hash-bytes.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('hashBytes', () => {
  it('gives the same digest with and without crypto.subtle', async () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, i) => (i * 7) & 255);
    const secure = await hashBytes(bytes);
    vi.stubGlobal('crypto', {});
    expect(await hashBytes(bytes)).toBe(secure);
    expect(secure).toMatch(/^[0-9a-f]{64}$/);
  });
});
