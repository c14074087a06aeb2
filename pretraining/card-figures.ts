/** Reads the few-shot figures back out of a backbone's card. */

export interface FewShotFigure {
  readonly set: string;
  readonly shots: number;
  /** Percent. */
  readonly accuracy: number;
}

/**
 * Figures of the table that begins `| backbone | set | 5 | 20 | …`, rows of `backbone` only. Cells
 * are "64.0" or "64.0 ± 0.7".
 */
export function fewShotFigures(card: string, backbone: string): readonly FewShotFigure[] {
  const rows = card
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  const header = rows.findIndex(([first, second]) => first === 'backbone' && second === 'set');
  const shots = (rows[header] ?? []).slice(2).map(Number);
  return rows
    .slice(header + 1)
    .filter(([name]) => name === backbone)
    .flatMap(([, set = '', ...cells]) =>
      cells.map((cell, i) => ({
        set,
        shots: shots[i] ?? NaN,
        accuracy: Number.parseFloat(cell),
      })),
    );
}
