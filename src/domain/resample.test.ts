import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PAD_VALUE } from './fit-square.ts';
import { fitAndResample, resampleBox, rgbToRgba } from './resample.ts';
import { sha256Hex } from './sha256.ts';
import { triangleFilter } from './triangle-filter.ts';

/** A picture from a formula, the same one that the reference values below were made from. */
function formulaImage(width: number, height: number): Uint8Array {
  const rgba = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const rgb = [x * 37 + y * 11, x * x * 5 + y * 29, x * y * 7 + 13, 255];
      rgba.set(
        rgb.map((value) => value % 256),
        (y * width + x) * 4,
      );
    }
  }
  return rgba;
}

function resizeWhole(
  width: number,
  height: number,
  outWidth: number,
  outHeight: number,
): Uint8Array {
  const whole = { left: 0, top: 0, width, height };
  return resampleBox(formulaImage(width, height), width, height, whole, outWidth, outHeight);
}

describe('triangleFilter', () => {
  it('halves with the weights worked out by hand', () => {
    // Scale 2, support 2: centre 1 reaches positions 0..2 at distances .25, .25, .75, so 3:3:1.
    const { starts, counts, weights, maxCount } = triangleFilter(4, 2);
    expect([...starts]).toEqual([0, 1]);
    expect([...counts]).toEqual([3, 3]);
    const shares = Array.from(weights.subarray(0, maxCount), (weight) => weight / 2 ** 22);
    [3 / 7, 3 / 7, 1 / 7].forEach((share, k) => expect(shares[k]).toBeCloseTo(share, 6));
  });
});

describe('resampleBox', () => {
  // Made once with Pillow 9.4: Image.resize((w, h), Resampling.BILINEAR) of the formula image.
  it('gives the bytes of Pillow, small', () => {
    expect([...resizeWhole(7, 5, 3, 3)]).toEqual([
      37, 18, 16, 116, 62, 22, 195, 147, 28, 54, 64, 25, 133, 108, 55, 212, 173, 85, 71, 110, 34,
      150, 154, 88, 177, 148, 142,
    ]);
    expect([...resizeWhole(13, 9, 4, 2)]).toEqual([
      77, 80, 35, 163, 134, 78, 96, 126, 103, 159, 127, 110, 117, 176, 72, 152, 136, 132, 102, 126,
      116, 178, 120, 124,
    ]);
  });

  it.each([
    [640, 480, 128, 128, 'b738ce1e65fe44c321d41fc9274a9fac104f0c3a65aaf2fbfea9fcf53167ed0b'],
    [320, 240, 224, 224, '0231bc63354106da7078bdab6027e1e69a659f26420cbb3171590a1d30706fd0'],
    [100, 75, 224, 224, '6cc656fc7f262323bbc0daea5154b13bbad3c79d423bb3708392fb7c01044c2c'],
    [4000, 10, 96, 96, '042a298411468adb987ffd72e0bf1a903cd273df1f2c30959026c66328edc790'],
    [1, 1, 9, 9, 'ab6abfd751c8ac8cf466252ec99bda78f7d957610d485d14c7187f964df43642'],
    [501, 333, 127, 255, 'efe41bc7b63b1675bbbdd2297d93eb530c05d8d784f75081851d150152c66609'],
  ])('gives the bytes of Pillow, %dx%d to %dx%d', (width, height, outWidth, outHeight, sha256) => {
    expect(sha256Hex(resizeWhole(width, height, outWidth, outHeight))).toBe(sha256);
  });

  it('changes nothing when the size stays', () => {
    const rgba = formulaImage(9, 6);
    expect(rgbToRgba(resizeWhole(9, 6, 9, 6))).toEqual(new Uint8ClampedArray(rgba));
  });

  it('never leaves the range of the pixels it read', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 1, max: 24 }),
        fc.integer({ min: 0, max: 255 }),
        fc.integer({ min: 0, max: 255 }),
        (width, height, outWidth, outHeight, a, b) => {
          const rgba = Uint8Array.from({ length: width * height * 4 }, (_, i) =>
            (i * 7) % 3 === 0 ? a : b,
          );
          const whole = { left: 0, top: 0, width, height };
          const out = resampleBox(rgba, width, height, whole, outWidth, outHeight);
          expect(out.length).toBe(outWidth * outHeight * 3);
          expect(Math.min(...out)).toBeGreaterThanOrEqual(Math.min(a, b));
          expect(Math.max(...out)).toBeLessThanOrEqual(Math.max(a, b));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('looks at nothing outside the box', () => {
    const box = { left: 3, top: 2, width: 4, height: 3 };
    const once = formulaImage(10, 8);
    const again = Uint8Array.from(once, (value, i) => {
      const x = (i >> 2) % 10;
      const y = Math.floor((i >> 2) / 10);
      return x >= 3 && x < 7 && y >= 2 && y < 5 ? value : 255 - value;
    });
    expect(resampleBox(again, 10, 8, box, 2, 5)).toEqual(resampleBox(once, 10, 8, box, 2, 5));
  });

  it('refuses a box outside the image and an array that is too short', () => {
    const rgba = formulaImage(4, 4);
    const outside = { left: 2, top: 0, width: 3, height: 4 };
    expect(() => resampleBox(rgba, 4, 4, outside, 2, 2)).toThrow(RangeError);
    const whole = { left: 0, top: 0, width: 5, height: 4 };
    expect(() => resampleBox(rgba, 5, 4, whole, 2, 2)).toThrow(RangeError);
  });
});

describe('fitAndResample', () => {
  // Pillow 9.4: crop((2, 0, 8, 6)).resize((4, 4)); and resize((4, 2)) pasted at (0, 1) on grey 128.
  it('crops and pads as the Python recipe does', () => {
    const rgba = formulaImage(11, 6);
    expect([...fitAndResample(rgba, 11, 6, 4, 'crop')]).toEqual([
      92, 40, 19, 144, 84, 23, 197, 149, 27, 89, 172, 30, 108, 81, 43, 160, 125, 60, 213, 180, 78,
      105, 102, 95, 123, 122, 67, 175, 166, 98, 200, 156, 131, 88, 69, 163, 139, 163, 90, 191, 190,
      135, 159, 98, 182, 40, 99, 128,
    ]);
    expect([...fitAndResample(rgba, 11, 6, 4, 'pad')]).toEqual([
      ...Array<number>(12).fill(PAD_VALUE),
      ...[56, 47, 23, 149, 108, 45, 134, 137, 68, 86, 129, 91],
      ...[83, 120, 43, 168, 159, 109, 111, 117, 149, 113, 115, 117],
      ...Array<number>(12).fill(PAD_VALUE),
    ]);
  });

  it('gives the same square for all three ways when the photo is square', () => {
    const rgba = formulaImage(20, 20);
    const cropped = fitAndResample(rgba, 20, 20, 7, 'crop');
    expect(fitAndResample(rgba, 20, 20, 7, 'pad')).toEqual(cropped);
    expect(fitAndResample(rgba, 20, 20, 7, 'stretch')).toEqual(cropped);
  });
});
