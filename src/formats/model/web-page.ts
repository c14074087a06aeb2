/**
 * The model as one HTML file: script, weights and WebAssembly inside, nothing fetched from anywhere.
 * Its own content security policy forbids the network.
 */
import { fitsHalf, fromHalf, toHalf } from '../../domain/half-floats.ts';
import { EQUAL_TOLERANCE, textFile, type ExportFacts } from './export-facts.ts';
import type { Packed } from './pack-network.ts';

export interface PageParts {
  readonly facts: ExportFacts;
  readonly packed: Packed;
  /** Bundled by the build; see tools/vite/export-scripts.ts. */
  readonly script: string;
  readonly wasm: Uint8Array;
  readonly words: Readonly<Record<string, string>>;
}

const POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'wasm-unsafe-eval'",
  "style-src 'unsafe-inline'",
  'img-src blob: data:',
  'media-src blob:',
  // The WebAssembly inside the page.
  'connect-src data:',
].join('; ');

export async function writeWebPage(parts: PageParts): Promise<string> {
  const { facts, packed, script, wasm, words } = parts;
  const halves = leadingHalves(packed);
  const content = {
    network: packed.network,
    halves,
    pipeline: facts.pipeline,
    golden: facts.golden,
    tolerance: EQUAL_TOLERANCE,
    words,
  };
  const weights = await toBase64(numberBytes(packed.numbers, halves));
  const binary = await toBase64(wasm);
  const word = (key: string): string => escapeHtml(words[key] ?? key);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${word('title')}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1 dir="auto">${word('title')}</h1>
<p class="hint">${word('hint')}</p>
<div class="controls">
<input type="file" id="file" accept="image/*" hidden aria-label="${word('choose')}">
<button id="choose" type="button">${word('choose')}</button>
<button id="camera" type="button">${word('camera')}</button>
</div>
<video id="video" muted playsinline hidden></video>
<canvas id="picture" hidden></canvas>
<p id="answer" role="status" dir="auto"></p>
<p id="why" class="small" dir="auto"></p>
<ol id="bars" aria-label="${word('probabilities')}"></ol>
<p class="small"><span id="rate"></span></p>
<p class="small" id="check" role="status">${word('checking')}</p>
<noscript>${word('no-script')}</noscript>
</main>
<script type="application/json" id="content">${scriptText(JSON.stringify(content))}</script>
<script type="text/plain" id="weights">${weights}</script>
<script type="text/plain" id="wasm">${binary}</script>
<script>${scriptText(script)}</script>
</body>
</html>
`;
}

export async function webPageFile(parts: PageParts): Promise<Uint8Array<ArrayBuffer>> {
  return textFile(await writeWebPage(parts));
}

/** What a page carries, read back for the proof. */
export function readWebPage(html: string): {
  readonly network: Packed['network'];
  readonly numbers: Float32Array;
} {
  // Found by searching: an expression that looks for the end at every place takes its time over megabytes.
  const inside = (id: string): string => {
    const mark = ` id="${id}">`;
    const start = html.indexOf(mark) + mark.length;
    const end = html.indexOf('</script>', start);
    return start < mark.length || end < 0 ? '' : html.slice(start, end);
  };
  const content = JSON.parse(inside('content')) as {
    network: Packed['network'];
    halves: number;
  };
  const binary = atob(inside('weights'));
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return { network: content.network, numbers: readNumbers(bytes, content.halves) };
}

function readNumbers(bytes: Uint8Array, halves: number): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const floats = (bytes.length - 2 * halves) / 4;
  const numbers = new Float32Array(halves + floats);
  for (let i = 0; i < halves; i++) numbers[i] = fromHalf(view.getUint16(i * 2, true));
  for (let i = 0; i < floats; i++) {
    numbers[halves + i] = view.getFloat32(2 * halves + i * 4, true);
  }
  return numbers;
}

/**
 * How many of the numbers are written with two bytes: the backbone's, when it was trained or stored
 * that way and nothing is lost; the head's never.
 */
function leadingHalves({ network, numbers }: Packed): number {
  const start = Math.min(...network.dense.map(({ kernel }) => kernel[0]));
  return fitsHalf(numbers.subarray(0, start)) ? start : 0;
}

function numberBytes(numbers: Float32Array, halves: number): Uint8Array {
  const bytes = new Uint8Array(2 * halves + 4 * (numbers.length - halves));
  const view = new DataView(bytes.buffer);
  numbers.forEach((value, i) => {
    if (i < halves) view.setUint16(i * 2, toHalf(value), true);
    else view.setFloat32(2 * halves + (i - halves) * 4, value, true);
  });
  return bytes;
}

/**
 * `</script` and `<!--` would end or bend the element. Written as an escape it is the same text, in
 * JSON and in strings of scripts.
 */
function scriptText(text: string): string {
  return text.replace(/<(?=\/script|!--|script)/gi, '\\u003c');
}

function escapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot' };
  return text.replace(/[&<>"]/g, (character) => `&${names[character] ?? ''};`);
}

const SLICE = 3 * 8192;
const SLICES_AT_ONCE = 64;

/** In pieces, with room in between for whatever else the thread has to do. */
async function toBase64(bytes: Uint8Array): Promise<string> {
  const texts: string[] = [];
  for (let at = 0; at < bytes.length; at += SLICE) {
    texts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + SLICE))));
    if (texts.length % SLICES_AT_ONCE === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  return texts.join('');
}

const STYLE = `
:root { color-scheme: light dark; --ink: #18202f; --ground: #f7f8fb; --line: #c9d0dd; --accent: #2458c5; }
@media (prefers-color-scheme: dark) { :root { --ink: #eef1f7; --ground: #10182b; --line: #45506a; --accent: #8fb4ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 40rem; margin: 0 auto; padding: 1.5rem 1rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
.hint, .small { color: inherit; opacity: .8; margin: .25rem 0; }
.small { font-size: .875rem; }
.controls { display: flex; flex-wrap: wrap; gap: .5rem; margin: 1rem 0; }
button { font: inherit; min-height: 2.75rem; padding: 0 1rem; border: 1px solid var(--accent); border-radius: .5rem; background: none; color: var(--accent); cursor: pointer; }
button:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
video, canvas { display: block; width: 100%; max-height: 22rem; object-fit: contain; border-radius: .5rem; }
[hidden] { display: none; }
#answer { font-size: 1.75rem; font-weight: 600; margin: .75rem 0 .25rem; min-height: 2.5rem; }
ol { list-style: none; margin: 0; padding: 0; }
li { display: grid; grid-template-columns: minmax(0, 2fr) 3fr 4.5rem; gap: .75rem; align-items: center; padding: .25rem 0; font-variant-numeric: tabular-nums; }
li span:first-child { overflow-wrap: anywhere; }
li span:last-child { text-align: end; }
meter { width: 100%; height: .75rem; }
#check[data-state="wrong"] { color: #b3261e; font-weight: 600; opacity: 1; }
`;
