/**
 * The one definition of what the page may load and run. It is written into index.html at build time
 * (so that any host, GitHub Pages included, has it) and sent as a header by our own server. Workers
 * loaded from the network take their policy from their own response, hence the header too.
 */
import { createHash } from 'node:crypto';

/**
 * react-aria puts these two style sheets into the document itself: touch handling of pressable
 * elements and of scroll-locked overlays. Naming them by hash keeps every other inline style out,
 * which 'unsafe-inline' would not. A unit test compares them with the installed version.
 */
export const REACT_ARIA_STYLES: readonly string[] = [
  '@layer {\n  [data-react-aria-pressable] {\n    touch-action: pan-x pan-y pinch-zoom;\n  }\n}',
  '@layer {\n  * {\n    overscroll-behavior: contain;\n  }\n}',
];

/** Hosts that backbones are fetched from, and only when a person asks for one. */
export const MODEL_HOSTS: readonly string[] = ['https://storage.googleapis.com'];

export function cspHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;
}

function directives(): ReadonlyMap<string, readonly string[]> {
  return new Map([
    ['default-src', ["'self'"]],
    // WebAssembly has to be compiled; nothing else is ever evaluated.
    ['script-src', ["'self'", "'wasm-unsafe-eval'"]],
    ['worker-src', ["'self'"]],
    // blob: photos that the page itself made are read back with fetch.
    ['connect-src', ["'self'", 'blob:', ...MODEL_HOSTS]],
    ['img-src', ["'self'", 'blob:', 'data:']],
    ['media-src', ["'self'", 'blob:']],
    ['style-src', ["'self'", ...REACT_ARIA_STYLES.map(cspHash)]],
    ['object-src', ["'none'"]],
    ['base-uri', ["'none'"]],
    ['form-action', ["'none'"]],
  ]);
}

function join(entries: ReadonlyMap<string, readonly string[]>): string {
  return [...entries].map(([name, sources]) => `${name} ${sources.join(' ')}`).join('; ');
}

/** For <meta http-equiv>: browsers ignore frame-ancestors there and warn about it. */
export function metaPolicy(): string {
  return join(directives());
}

export function headerPolicy(): string {
  return join(new Map([...directives(), ['frame-ancestors', ["'none'"]]]));
}
