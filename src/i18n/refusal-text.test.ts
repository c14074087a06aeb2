import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isMessageKey, messages } from './messages.ts';
import { refusalText } from './refusal-text.ts';
import { createTranslate } from './translate.ts';

const t = createTranslate('en');

function source(path: string): string {
  return readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');
}

/** String members of a union in a contract file, so that a new member without a sentence shows. */
function unionMembers(text: string, from: RegExp): readonly string[] {
  const declaration = from.exec(text)?.[1] ?? '';
  return [...declaration.replace(/\/\/.*$/gm, '').matchAll(/'([a-z-]+)'/g)].map((m) => m[1] ?? '');
}

const codes = [
  ...unionMembers(source('protocol/intake-messages.ts'), /type RefusalCode =([\s\S]*?);/),
  ...unionMembers(source('state/store-types.ts'), /readonly code: RefusalCode \|([^;]*);/),
];

afterEach(() => vi.restoreAllMocks());

describe('refusalText', () => {
  it('knows both unions of codes', () => {
    expect(codes).toEqual(expect.arrayContaining(['heic', 'unsupported', 'no-class', 'failed']));
    expect(codes.length).toBeGreaterThanOrEqual(13);
  });

  it.each(codes)('has a sentence of its own for %s, also without values', (code) => {
    const report = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    expect(isMessageKey(`refusals.${code}`)).toBe(true);
    expect(refusalText(t, { code })).toMatch(/^[A-Z].*\.$/);
    expect(report).not.toHaveBeenCalled();
  });

  it('has no sentence for a code that nobody gives', () => {
    const known = new Set(codes.map((code) => `refusals.${code}`));
    const own = Object.keys(messages).filter((key) => key.startsWith('refusals.'));
    expect(own.filter((key) => !known.has(key))).toEqual([]);
  });

  it('says the limit in units a person knows', () => {
    const pixels = { reason: 'pixels', pixels: 200_000_000, limit: 160_000_000 };
    expect(refusalText(t, { code: 'too-large', params: pixels })).toContain('160 million pixels');
    const bytes = { reason: 'bytes', bytes: 90_000_000, limit: 67_108_864 };
    expect(refusalText(t, { code: 'too-large', params: bytes })).toContain('67 MB');
    expect(refusalText(t, { code: 'not-an-image', params: { format: 'pdf' } })).toContain('PDF');
  });

  it('falls back for a code from a newer version', () => {
    expect(refusalText(t, { code: 'hologram' })).toBe(t('refusals.failed'));
  });
});
