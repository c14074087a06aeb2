/** What the page carries as text, back into numbers. */
import { fromHalf } from '../domain/half-floats.ts';

export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.trim());
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/** Little-endian: the first `halves` numbers have two bytes, the others four. */
export function readNumbers(bytes: Uint8Array<ArrayBuffer>, halves: number): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const floats = (bytes.length - 2 * halves) / 4;
  const numbers = new Float32Array(halves + floats);
  for (let i = 0; i < halves; i++) numbers[i] = fromHalf(view.getUint16(i * 2, true));
  for (let i = 0; i < floats; i++) {
    numbers[halves + i] = view.getFloat32(2 * halves + i * 4, true);
  }
  return numbers;
}
