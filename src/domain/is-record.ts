/** The first question to anything that was read or received: does it have named fields at all? */

/** True for an object that is neither null nor an array; says nothing of what its fields hold. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
