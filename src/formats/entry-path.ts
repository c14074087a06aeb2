/** Names of zip entries, made harmless: split into folders, or refused when they point elsewhere. */

const JUNK_SEGMENTS = new Set(['__macosx', '.ds_store', 'thumbs.db', 'desktop.ini']);
const MAX_DEPTH = 32;

/**
 * Folders and file name; null when the name is absolute, climbs out with "..", names a drive or holds
 * a zero byte. Backslashes separate too: old Windows tools write them.
 */
export function splitEntryPath(name: string): readonly string[] | null {
  const path = name.replaceAll('\\', '/');
  if (path.includes('\0') || path.startsWith('/') || /^[a-z]:/i.test(path)) return null;
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  if (parts.length === 0 || parts.length > MAX_DEPTH || parts.includes('..')) return null;
  return parts;
}

/** Left behind by file managers: worth no message. */
export function isJunkPath(parts: readonly string[]): boolean {
  const last = parts.at(-1) ?? '';
  return last.startsWith('._') || parts.some((part) => JUNK_SEGMENTS.has(part.toLowerCase()));
}

/**
 * Zip has a flag for UTF-8, which many tools forget: what reads as UTF-8 is taken as UTF-8, the rest
 * as Western Windows.
 */
export function decodeEntryName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
