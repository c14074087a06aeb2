/**
 * Maps values to the positions of a slider and back. Positions are whole numbers from 0 to `last`,
 * so that an arrow key always changes the value, also where rounding would make neighbours equal.
 */

/** Shaped like a hyperparameter's spec, so that one can be handed over as it is. */
export interface SliderScale {
  readonly min: number;
  readonly max: number;
  /** In units of the value; on a log scale, of log10(value). */
  readonly step: number;
  readonly scale: 'linear' | 'log';
  readonly integer: boolean;
  /** Log scale that begins at 0: the smallest value above it. Null elsewhere. */
  readonly logFloor: number | null;
}

export interface SliderTrack {
  /** Highest position; the lowest is 0. */
  readonly last: number;
  /** Nearest position; values outside the range go to the ends. */
  toPosition(value: number): number;
  /** Where the value truly stands, in [0, 1]; may lie between positions. */
  toFraction(value: number): number;
  toValue(position: number): number;
}

export function createSliderTrack(scale: SliderScale): SliderTrack {
  return scale.scale === 'log' ? logTrack(scale) : linearTrack(scale);
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

function linearTrack({ min, max, step, integer }: SliderScale): SliderTrack {
  const last = Math.max(1, Math.ceil((max - min) / step - 1e-9));
  return {
    last,
    toPosition: (value) => clamp(Math.round((value - min) / step), 0, last),
    toFraction: (value) => clamp((value - min) / (max - min), 0, 1),
    toValue: (position) => {
      const value = Math.min(max, min + position * step);
      // 0.1 + 0.2 must not show as 0.30000000000000004.
      return integer ? Math.round(value) : Number(value.toPrecision(10));
    },
  };
}

function logTrack(scale: SliderScale): SliderTrack {
  const stops = logStops(scale);
  const last = stops.length - 1;
  const firstPositive = stops[0] === 0 ? 1 : 0;
  /** Index into `stops`, between two of them in proportion of logarithms. */
  const place = (value: number): number => {
    if (value <= (stops[0] ?? 0)) return 0;
    let above = stops.findIndex((stop) => stop >= value);
    if (above === -1) return last;
    above = Math.max(above, 1);
    const low = stops[above - 1] ?? 0;
    const high = stops[above] ?? value;
    // Between 0 and the first positive stop there is no logarithm: in proportion instead.
    const share =
      above <= firstPositive ? value / high : Math.log(value / low) / Math.log(high / low);
    return above - 1 + share;
  };
  return {
    last,
    toPosition: (value) => Math.round(place(value)),
    toFraction: (value) => place(value) / last,
    toValue: (position) => stops[clamp(Math.round(position), 0, last)] ?? scale.min,
  };
}

/** Distinct round values (2 significant digits or whole), rising, from min to max. */
function logStops({ min, max, step, integer, logFloor }: SliderScale): readonly number[] {
  const low = min > 0 ? min : (logFloor ?? max / 1e6);
  const first = Math.log10(low);
  const count = Math.ceil((Math.log10(max) - first) / step - 1e-9);
  const stops = min > 0 ? [min] : [0, low];
  for (let i = 1; i < count; i++) {
    const raw = 10 ** (first + i * step);
    const value = integer ? Math.round(raw) : Number(raw.toPrecision(2));
    if (value > (stops.at(-1) ?? 0) && value < max) stops.push(value);
  }
  stops.push(max);
  return stops;
}
