/** The report as one HTML file that needs nothing else: no script, no picture from elsewhere. */

import { FIGURE_HEIGHT, FIGURE_WIDTH, figureShapes, type ReportFigure } from './report-figure.ts';

export interface ReportTable {
  readonly title: string;
  readonly head: readonly string[];
  /** The first cell names the row. */
  readonly rows: readonly (readonly string[])[];
}

export interface ReportSection {
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** Between the paragraphs and the tables. */
  readonly figures?: readonly ReportFigure[];
  readonly tables: readonly ReportTable[];
}

export interface Report {
  /** BCP 47. */
  readonly language: string;
  readonly title: string;
  readonly sections: readonly ReportSection[];
}

const STYLE = `
:root { color-scheme: light; }
body { font: 15px/1.45 system-ui, sans-serif; color: #23201c; background: #fff; max-width: 50rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; margin: 0 0 1rem; } h2 { font-size: 1.05rem; margin: 1.3rem 0 .3rem; break-after: avoid; }
p { margin: .25rem 0; } table { border-collapse: collapse; margin: .4rem 0 .8rem; font-size: .88rem; break-inside: avoid; }
caption { text-align: start; color: #625b52; padding-bottom: .15rem; }
th, td { text-align: start; padding: .16rem .8rem .16rem 0; border-bottom: 1px solid #e3ded7; font-variant-numeric: tabular-nums; }
thead th { color: #625b52; font-weight: 500; } tbody th { font-weight: 500; }
svg { display: inline-block; width: 100%; max-width: 24rem; font-size: 11px; break-inside: avoid; }
path { fill: none; stroke-width: 2; } path.axis { stroke: #e3ded7; stroke-width: 1; } path.mark { stroke: #625b52; stroke-width: 1; }
path.training { stroke: #0072b2; } path.validation { stroke: #d55e00; } path.dashed { stroke-dasharray: 5 3; }
text.axis, text.mark { fill: #625b52; } text.training { fill: #00639c; } text.validation { fill: #a84a00; }
@media print { @page { margin: 12mm; } body { margin: 0; padding: 0; max-width: none; font-size: 7.8pt; line-height: 1.3; columns: 2; column-gap: 8mm; } h1 { font-size: 14pt; column-span: all; } h2 { font-size: 9.5pt; margin-top: .5rem; } table { font-size: 7pt; margin-bottom: .4rem; } th, td { padding: .08rem .5rem .08rem 0; } svg { max-width: 88%; } }
`;

export function reportHtml({ language, title, sections }: Report): string {
  const body = sections
    .map(
      (section) =>
        `<section><h2>${escaped(section.title)}</h2>` +
        section.paragraphs.map((text) => `<p>${escaped(text)}</p>`).join('') +
        (section.figures ?? []).map(figureSvg).join('') +
        section.tables.map(tableHtml).join('') +
        '</section>',
    )
    .join('\n');
  return `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escaped(title)}</h1>
${body}
</body>
</html>
`;
}

function figureSvg(figure: ReportFigure): string {
  const shapes = figureShapes(figure).map((shape) =>
    shape.kind === 'path'
      ? `<path class="${shape.tone}${shape.isDashed ? ' dashed' : ''}" d="${shape.d}"/>`
      : `<text class="${shape.tone}" x="${String(shape.x)}" y="${String(shape.y)}" text-anchor="${shape.anchor}">${escaped(shape.text)}</text>`,
  );
  const box = `0 0 ${String(FIGURE_WIDTH)} ${String(FIGURE_HEIGHT)}`;
  return `<svg role="img" aria-label="${escaped(figure.title)}" viewBox="${box}">${shapes.join('')}</svg>`;
}

function tableHtml({ title, head, rows }: ReportTable): string {
  const headCells = head.map((cell) => `<th scope="col">${escaped(cell)}</th>`).join('');
  const bodyRows = rows
    .map(([first = '', ...rest]) => {
      const cells = rest.map((cell) => `<td>${escaped(cell)}</td>`).join('');
      return `<tr><th scope="row">${escaped(first)}</th>${cells}</tr>`;
    })
    .join('');
  return `<table><caption>${escaped(title)}</caption><thead><tr>${headCells}</tr></thead><tbody>${bodyRows}</tbody></table>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Class and file names come from people and archives. */
function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (char) => ENTITIES[char] ?? char);
}

/** Of the project's name only what every file system takes. */
export function reportFileName(projectName: string): string {
  const safe = projectName
    .normalize('NFKD')
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 60);
  return `${safe === '' ? 'model' : safe}-report.html`;
}
