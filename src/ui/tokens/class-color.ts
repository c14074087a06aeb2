/** CSS references to the class palette. A class keeps its colour index for life; indices wrap around. */

export const CLASS_COLOR_COUNT = 12;

function slot(colorIndex: number): number {
  return ((Math.trunc(colorIndex) % CLASS_COLOR_COUNT) + CLASS_COLOR_COUNT) % CLASS_COLOR_COUNT;
}

/** e.g. `var(--class-3)`: for thumbnail edges, bars, dots. */
export function classColor(colorIndex: number): string {
  return `var(--class-${slot(colorIndex)})`;
}

/** Text colour that is readable on `classColor(colorIndex)`. */
export function onClassColor(colorIndex: number): string {
  return `var(--on-class-${slot(colorIndex)})`;
}
