/** Colours as three numbers, 0 to 255, so that they can be mixed and written into pixels. */
import type { Random } from '../../../domain/random.ts';
import { clamp } from './chance.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

/** Hue in degrees, saturation and lightness in percent, as in CSS. */
export function hsl(hue: number, saturation: number, lightness: number): Rgb {
  const s = clamp(saturation, 0, 100) / 100;
  const l = clamp(lightness, 0, 100) / 100;
  const reach = s * Math.min(l, 1 - l);
  const channel = (offset: number): number => {
    const k = (((offset + hue / 30) % 12) + 12) % 12;
    return 255 * (l - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1)));
  };
  return [channel(0), channel(8), channel(4)];
}

export function mix(from: Rgb, to: Rgb, at: number): Rgb {
  return [
    from[0] + (to[0] - from[0]) * at,
    from[1] + (to[1] - from[1]) * at,
    from[2] + (to[2] - from[2]) * at,
  ];
}

/** Nudges each channel by a normal amount, so that no two objects share a colour exactly. */
export function vary(random: Random, color: Rgb, spread: number): Rgb {
  return [
    clamp(color[0] + spread * random.normal(), 0, 255),
    clamp(color[1] + spread * random.normal(), 0, 255),
    clamp(color[2] + spread * random.normal(), 0, 255),
  ];
}

export function css(color: Rgb, alpha = 1): string {
  const [red, green, blue] = color;
  return `rgba(${Math.round(red)},${Math.round(green)},${Math.round(blue)},${alpha.toFixed(3)})`;
}
