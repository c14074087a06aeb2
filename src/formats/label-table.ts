/** A table of file names and labels (CSV) as people's spreadsheets write it. RFC 4180 with kindness. */

export interface LabelRow {
  /** As written, with forward slashes. */
  readonly file: string;
  readonly label: string;
}

const FILE_HEADS = new Set([
  'file',
  'filename',
  'file_name',
  'image',
  'image_name',
  'path',
  'name',
  'id',
]);
const LABEL_HEADS = new Set(['label', 'class', 'class_name', 'category', 'target', 'species']);
const MAX_ROWS = 100_000;

/**
 * Rows of a table with a file column and a label column: found by their headings, else the first two
 * columns. Separator: whichever of comma, semicolon and tab is most frequent in the first line.
 */
export function parseLabelTable(text: string): readonly LabelRow[] {
  const body = text.replace(/^\ufeff/, '');
  const firstLine = body.slice(0, /\r|\n|$/.exec(body)?.index ?? body.length);
  const rows = parseRows(body, mostFrequent(firstLine, [',', ';', '\t']));
  const heads = (rows[0] ?? []).map((cell) => cell.trim().toLowerCase().replaceAll(' ', '_'));
  const fileHead = heads.findIndex((head) => FILE_HEADS.has(head));
  const labelHead = heads.findIndex((head) => LABEL_HEADS.has(head));
  const hasHeads = fileHead >= 0 && labelHead >= 0;
  const [fileAt, labelAt] = hasHeads ? [fileHead, labelHead] : [0, 1];
  return rows.slice(hasHeads ? 1 : 0).flatMap((cells) => {
    const file = (cells[fileAt] ?? '').trim().replaceAll('\\', '/').replace(/^\.\//, '');
    const label = (cells[labelAt] ?? '').trim();
    return file === '' || label === '' ? [] : [{ file, label }];
  });
}

function mostFrequent(line: string, separators: readonly string[]): string {
  const counts = separators.map((separator) => line.split(separator).length);
  return separators[counts.indexOf(Math.max(...counts))] ?? ',';
}

function parseRows(text: string, separator: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  const endRow = (): void => {
    row.push(cell);
    if (row.some((value) => value.trim() !== '')) rows.push(row);
    row = [];
    cell = '';
  };
  for (let i = 0; i < text.length && rows.length < MAX_ROWS; i++) {
    const char = text[i] as string;
    if (quoted) {
      if (char !== '"') cell += char;
      else if (text[i + 1] === '"') cell += text[++i] as string;
      else quoted = false;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === separator) {
      row.push(cell);
      cell = '';
    } else if (char === '\n' || char === '\r') endRow();
    else cell += char;
  }
  endRow();
  return rows;
}
