/** Joins class names, leaving out what is false or missing (CSS module lookups may be undefined). */
export function classNames(...names: readonly (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(' ');
}
