/** Numbers as people type them into a field, and back. */

/**
 * Reads a typed number: "0.003", ".5", "1e-3", "1,000", "0,5", "12 %". A comma counts as thousands
 * when it groups by three, else as a decimal point. NaN for anything else, the empty text included.
 */
export function parseTypedNumber(text: string): number {
  const bare = text.replace(/[\s\u00a0\u202f_%]/g, '').replace(/^\u2212/, '-');
  const plain = /^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/.test(bare)
    ? bare.replaceAll(',', '')
    : bare.replace(/^([+-]?\d*),(\d+)$/, '$1.$2');
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : NaN;
}

/** Shortest text that reads back as the value (to 6 digits): "0.003", "50", "1e-6". */
export function toTypedNumber(value: number): string {
  const rounded = Number(value.toPrecision(6));
  if (rounded !== 0 && Math.abs(rounded) < 1e-4) return rounded.toExponential().replace('e+', 'e');
  return Number.isInteger(value) ? String(value) : String(rounded);
}
