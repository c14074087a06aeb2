/**
 * A chart on screen as a file of its own. Style sheets do not travel with a drawing, so what they make
 * of each shape is written onto it; always in the light theme on white, since it goes onto paper and
 * slides.
 */

import { saveBlob } from '../save-blob.ts';

export type ChartFileKind = 'svg' | 'png';

/**
 * Hands a drawing, or one made up of layers of one size, to the browser's downloads. Rejects when it is
 * not on screen or cannot be drawn. A cursor has a drawing of its own and is left out.
 */
export async function saveChart(
  drawing: Element | null,
  kind: ChartFileKind,
  fileName: string,
): Promise<void> {
  const isOne = drawing instanceof SVGSVGElement;
  const layers = isOne ? [drawing] : Array.from(drawing?.querySelectorAll('svg') ?? []);
  const [lowest] = layers;
  if (lowest === undefined) throw new Error('no chart on screen');
  const size = sizeOf(lowest);
  const svg = chartSvg(layers.map(flatten), size);
  saveBlob(kind === 'svg' ? svg : await chartPng(svg, size), fileName);
}

/** Presentation attributes of SVG that the charts use. */
const DRAWN_BY = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'opacity',
  'paint-order',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
] as const;
const SVG_NAMESPACE = 'http://www.w3.org/2000/svg';
/** Sharp on slides. */
const PNG_SCALE = 2;
const PADDING_PX = 12;
/** Above the drawing, for its name. */
const HEADING_PX = 24;

interface Size {
  readonly width: number;
  readonly height: number;
}

function sizeOf(drawing: SVGSVGElement): Size {
  return { width: drawing.width.baseVal.value, height: drawing.height.baseVal.value };
}

/** Twice the size on screen. Rejects when the browser cannot draw it. */
async function chartPng(svg: Blob, { width, height }: Size): Promise<Blob> {
  const url = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = (width + 2 * PADDING_PX) * PNG_SCALE;
    canvas.height = (height + HEADING_PX + 2 * PADDING_PX) * PNG_SCALE;
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no 2d context');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) => {
      canvas.toBlob((blob) => {
        if (blob === null) reject(new Error('the canvas gave no picture'));
        else resolve(blob);
      }, 'image/png');
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** A copy of a drawing that needs no style sheet, as it would be in the light theme. */
function flatten(drawing: SVGSVGElement): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  // Beside the original, so that the same rules apply, but in the light theme whatever the page's is.
  copy.setAttribute('data-paper', '');
  copy.style.position = 'absolute';
  copy.style.visibility = 'hidden';
  drawing.after(copy);
  try {
    // All are read before any is written: a rule for what stands in a group needs the group's class.
    const looks = [copy, ...copy.querySelectorAll<SVGElement>('*')].map(lookOf);
    for (const look of looks) writeOut(look);
  } finally {
    copy.remove();
  }
  for (const name of ['data-paper', 'aria-hidden']) copy.removeAttribute(name);
  return copy;
}

/** The layers, lowest first, over white paper and under their name. */
function chartSvg(layers: readonly SVGSVGElement[], { width, height }: Size): Blob {
  const [outerWidth, outerHeight] = [width + 2 * PADDING_PX, height + HEADING_PX + 2 * PADDING_PX];
  const sheet = document.createElementNS(SVG_NAMESPACE, 'svg');
  sheet.setAttribute('xmlns', SVG_NAMESPACE);
  sheet.setAttribute('width', String(outerWidth));
  sheet.setAttribute('height', String(outerHeight));
  sheet.setAttribute(
    'viewBox',
    [-PADDING_PX, -PADDING_PX - HEADING_PX, outerWidth, outerHeight].map(String).join(' '),
  );
  const fontFamily = layers[0]?.getAttribute('font-family') ?? 'sans-serif';
  const heading = layers[0]?.querySelector('title')?.textContent ?? '';
  sheet.append(paper(outerWidth, outerHeight), headingText(heading, fontFamily), ...layers);
  return new Blob([new XMLSerializer().serializeToString(sheet)], { type: 'image/svg+xml' });
}

interface Look {
  readonly element: SVGElement;
  readonly values: readonly (readonly [name: string, value: string])[];
}

function lookOf(element: SVGElement): Look {
  const style = getComputedStyle(element);
  const values = DRAWN_BY.map((name) => [name, style.getPropertyValue(name)] as const);
  return { element, values: values.filter(([, value]) => value !== '') };
}

function writeOut({ element, values }: Look): void {
  for (const [name, value] of values) element.setAttribute(name, value);
  element.removeAttribute('class');
  element.removeAttribute('style');
  element.removeAttribute('data-slot');
}

function paper(width: number, height: number): SVGElement {
  const rect = document.createElementNS(SVG_NAMESPACE, 'rect');
  const place = { x: -PADDING_PX, y: -PADDING_PX - HEADING_PX, width, height };
  for (const [name, value] of Object.entries(place)) rect.setAttribute(name, String(value));
  rect.setAttribute('fill', 'white');
  return rect;
}

function headingText(text: string, fontFamily: string): SVGElement {
  const element = document.createElementNS(SVG_NAMESPACE, 'text');
  element.textContent = text;
  const look = { x: 0, y: -8, fill: 'black', 'font-family': fontFamily, 'font-weight': 'bold' };
  for (const [name, value] of Object.entries(look)) element.setAttribute(name, String(value));
  element.setAttribute('font-size', '14');
  return element;
}
