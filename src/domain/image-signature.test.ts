import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recogniseFile } from './image-signature.ts';

const ascii = (text: string): number[] => Array.from(text, (letter) => letter.charCodeAt(0));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** An `ftyp` box with these brands, then something else. */
function ftyp(major: string, ...compatible: string[]): Uint8Array {
  const size = 16 + 4 * compatible.length;
  const box = [0, 0, 0, size, ...ascii('ftyp'), ...ascii(major), 0, 0, 0, 0];
  return Uint8Array.from([...box, ...compatible.flatMap(ascii), ...ascii('....avif')]);
}

describe('recogniseFile', () => {
  it.each([
    ['jpeg', [0xff, 0xd8, 0xff, 0xe0, 0, 16]],
    ['png', [0x89, ...ascii('PNG'), 13, 10, 26, 10]],
    ['gif', ascii('GIF89a')],
    ['gif', ascii('GIF87a')],
    ['webp', [...ascii('RIFF'), 1, 2, 3, 4, ...ascii('WEBPVP8 ')]],
    ['bmp', [...ascii('BM'), 0, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0, 40, 0, 0, 0]],
    ['tiff', [0x49, 0x49, 0x2a, 0]],
    ['tiff', [0x4d, 0x4d, 0, 0x2a]],
    ['jxl', [0xff, 0x0a, 1]],
    ['jp2', [0, 0, 0, 12, ...ascii('jP  ')]],
    ['psd', ascii('8BPS')],
    ['ico', [0, 0, 1, 0, 2, 0]],
    ['pdf', ascii('%PDF-1.4')],
    ['empty', []],
    ['unknown', [...ascii('RIFF'), 1, 2, 3, 4, ...ascii('WAVE')]],
    ['unknown', [0x50, 0x4b, 3, 4]], // zip
    ['unknown', [0, 0, 0, 0]],
  ] as const)('knows %s by its first bytes (%#)', (format, bytes) => {
    expect(recogniseFile(Uint8Array.from(bytes))).toBe(format);
  });

  it.each([
    ['heic', ftyp('heic', 'mif1', 'heic')],
    ['heic', ftyp('mif1', 'heic', 'miaf')],
    ['heic', ftyp('msf1', 'hevc')],
    ['avif', ftyp('avif', 'mif1', 'miaf')],
    ['avif', ftyp('mif1', 'avif')],
    ['avif', ftyp('avis')],
    ['unknown', ftyp('isom', 'mp42')], // a film
  ] as const)('tells %s by its brands, in the box only (%#)', (format, bytes) => {
    expect(recogniseFile(bytes)).toBe(format);
  });

  it.each([
    ['svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['svg', '\uFEFF<?xml version="1.0"?>\n<!-- drawn -->\n<svg width="3">'],
    ['svg', '<?xml version="1.0"?><!DOCTYPE svg PUBLIC "a" "b"><svg>'],
    ['svg', '<svg:svg xmlns:svg="http://www.w3.org/2000/svg">'],
    ['html', '\n  <!DOCTYPE html><title>no</title>'],
    ['html', '<HTML><body>'],
    ['html', '<script>alert(1)</script>'],
    ['text', 'BMW is not a bitmap, and this is long enough for a header'],
    ['text', 'just text, with ünïcode 猫'],
    ['text', '{"a": 1}'],
  ] as const)('tells %s among texts (%#)', (format, text) => {
    expect(recogniseFile(utf8(text))).toBe(format);
  });

  it('reads UTF-16 with its mark', () => {
    const text = '<svg>';
    const little = [0xff, 0xfe, ...ascii(text).flatMap((code) => [code, 0])];
    const big = [0xfe, 0xff, ...ascii(text).flatMap((code) => [0, code])];
    expect(recogniseFile(Uint8Array.from(little))).toBe('svg');
    expect(recogniseFile(Uint8Array.from(big))).toBe('svg');
  });

  it('answers for any bytes, and for the start of any text in UTF-8', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
        expect(typeof recogniseFile(bytes)).toBe('string');
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (words) => {
        const bytes = utf8(`words ${words.replace(/\p{Cc}/gu, ' ')}`);
        for (let end = 1; end <= bytes.length; end++) {
          expect(recogniseFile(bytes.subarray(0, end))).toBe('text');
        }
      }),
      { numRuns: 30 },
    );
  });
});
