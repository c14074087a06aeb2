/** SHA-256 of bytes as hex, by the browser where it offers that (secure contexts), else our own. */
import { sha256Hex } from '../../domain/sha256.ts';

export async function hashBytes(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  // The type says always there; on a plain http address other than localhost it is not.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (subtle === undefined) return sha256Hex(bytes);
  const digest = new Uint8Array(await subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
