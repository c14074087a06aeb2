import { describe, expect, it } from 'vitest';
import type { FileFormat } from '../../domain/image-signature.ts';
import {
  explainFailedDecode,
  FULL_DECODE_PIXELS,
  MAX_FILE_BYTES,
  MAX_PIXELS,
  planDecode,
} from './decode-plan.ts';

const header = (width: number, height: number, sidesSwapped = false) => ({
  width,
  height,
  sidesSwapped,
});

describe('planDecode', () => {
  it.each([
    ['empty', 'empty'],
    ['svg', 'svg'],
    ['pdf', 'not-an-image'],
    ['html', 'not-an-image'],
    ['text', 'not-an-image'],
    ['unknown', 'not-an-image'],
  ] as const)('refuses %s as %s without decoding', (format, code) => {
    expect(planDecode(format, 10, null, 640)).toMatchObject({ kind: 'refused', code });
  });

  it('tries everything that some browser opens', () => {
    const tried: FileFormat[] = [
      'jpeg',
      'png',
      'gif',
      'webp',
      'bmp',
      'avif',
      'heic',
      'tiff',
      'jxl',
    ];
    for (const format of tried) {
      expect(planDecode(format, 10, null, 640)).toMatchObject({
        kind: 'decode',
        resizeWidth: null,
      });
    }
  });

  it('refuses too many bytes and too many pixels, and says the limit', () => {
    expect(planDecode('jpeg', MAX_FILE_BYTES, header(9, 9), 640).kind).toBe('decode');
    expect(planDecode('jpeg', MAX_FILE_BYTES + 1, header(9, 9), 640)).toMatchObject({
      code: 'too-large',
      params: { reason: 'bytes', limit: MAX_FILE_BYTES },
    });
    expect(planDecode('png', 99, header(16_000, 10_000), 640).kind).toBe('decode');
    expect(planDecode('png', 99, header(65_535, 65_535), 640)).toMatchObject({
      code: 'too-large',
      params: { reason: 'pixels', limit: MAX_PIXELS },
    });
  });

  it('decodes ordinary photos whole and large ones reduced, as they are shown', () => {
    expect(planDecode('jpeg', 99, header(2000, 1500), 640)).toMatchObject({ resizeWidth: null });
    expect(planDecode('jpeg', 99, header(4000, 3000), 640)).toEqual({
      kind: 'decode',
      resizeWidth: 1280,
      shown: { width: 4000, height: 3000 },
    });
    expect(planDecode('jpeg', 99, header(4000, 3000, true), 640)).toEqual({
      kind: 'decode',
      resizeWidth: 960,
      shown: { width: 3000, height: 4000 },
    });
  });

  it('never asks for a larger bitmap than the picture', () => {
    const side = Math.ceil(Math.sqrt(FULL_DECODE_PIXELS)) + 1;
    expect(planDecode('jpeg', 99, header(side, side), side)).toMatchObject({ resizeWidth: null });
  });
});

describe('explainFailedDecode', () => {
  it.each([
    ['jpeg', true, 'damaged'],
    ['avif', true, 'damaged'],
    ['avif', false, 'unsupported'],
    ['jxl', false, 'unsupported'],
    ['psd', false, 'unsupported'],
    ['heic', false, 'heic'],
    ['tiff', false, 'tiff'],
  ] as const)('says of %s (known to the browser: %s) that it is %s', (format, supported, code) => {
    expect(explainFailedDecode(format, null, supported)).toMatchObject({ kind: 'refused', code });
  });

  it('blames size rather than damage for a very large picture', () => {
    expect(explainFailedDecode('jpeg', header(10_000, 9000), true).code).toBe('too-large');
    expect(explainFailedDecode('jpeg', header(4000, 3000), true).code).toBe('damaged');
  });
});
