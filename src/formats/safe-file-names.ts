/** Names that every file system takes, made from whatever people call their classes and photos. */

/** UTF-8 bytes; file systems stop at 255, and a number and an ending still follow. */
const MAX_STEM_BYTES = 120;
const FORBIDDEN =
  /[\p{Cc}\p{Cs}<>:"/\\|?*\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/gu;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** One path segment without an ending; `fallback` when nothing usable is left. */
export function safeSegment(name: string, fallback: string): string {
  const clean = name.normalize('NFC').replace(FORBIDDEN, '_');
  const trimmed = trimEnds(cutToBytes(trimEnds(clean)));
  if (trimmed === '' || /^_+$/.test(trimmed)) return fallback;
  return RESERVED.test(trimmed) ? `_${trimmed}` : trimmed;
}

/** Dots hide files on some systems and vanish at the end on others; so do spaces. */
function trimEnds(text: string): string {
  return text.replace(/^[\s.]+|[\s.]+$/gu, '');
}

function cutToBytes(text: string): string {
  let bytes = 0;
  let out = '';
  for (const character of text) {
    bytes += new TextEncoder().encode(character).length;
    if (bytes > MAX_STEM_BYTES) break;
    out += character;
  }
  return out;
}

/** Hands out names that differ from all before, also where upper and lower case are the same. */
export function createNameKeeper(): (stem: string, ending?: string) => string {
  const taken = new Set<string>();
  const counters = new Map<string, number>();
  return (stem, ending = '') => {
    const key = `${stem}${ending}`.toLowerCase();
    let name = `${stem}${ending}`;
    let n = counters.get(key) ?? 1;
    while (taken.has(name.toLowerCase())) name = `${stem}-${String(++n)}${ending}`;
    counters.set(key, n);
    taken.add(name.toLowerCase());
    return name;
  };
}

const ENDINGS = new Map([
  ['image/jpeg', '.jpg'],
  ['image/png', '.png'],
  ['image/webp', '.webp'],
]);

export function pictureEnding(mediaType: string): string {
  return ENDINGS.get(mediaType) ?? '.jpg';
}

/** The name without its ending. */
export function stemOf(fileName: string): string {
  return fileName.replace(/\.[^.]{1,10}$/, '');
}
