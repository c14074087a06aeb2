/** Rows of a CSV file: RFC 4180, CRLF, and nothing that a spreadsheet would run. */

export type CsvCell = string | number | null;

/** An empty cell: null. Numbers to the last bit; NaN and Infinity are written as such. */
export function writeCsv(rows: readonly (readonly CsvCell[])[]): string {
  return [...rows.map(writeCsvRow), ''].join('\r\n');
}

export function writeCsvRow(cells: readonly CsvCell[]): string {
  return cells
    .map((cell) => {
      if (cell === null) return '';
      return typeof cell === 'number' ? String(cell) : quoted(cell);
    })
    .join(',');
}

/** A text that begins like a formula would be run as one by a spreadsheet. */
function quoted(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
