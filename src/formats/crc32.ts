/** The checksum of zip members: CRC-32, polynomial 0xEDB88320 reflected (ISO 3309, RFC 1952 §8). */

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** @param before checksum of the bytes that came before these; unsigned 32 bits */
export function crc32(bytes: Uint8Array, before = 0): number {
  let value = ~before;
  for (let i = 0; i < bytes.length; i++) {
    value = (TABLE[(value ^ (bytes[i] as number)) & 0xff] as number) ^ (value >>> 8);
  }
  return ~value >>> 0;
}

/** A few milliseconds of work: a large file must not hold up the page. */
const SLICE_BYTES = 2 ** 22;

/** The same, letting other work in between slices of 4 MB. */
export async function crc32InSlices(bytes: Uint8Array): Promise<number> {
  let value = 0;
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    if (at > 0) await new Promise((resolve) => setTimeout(resolve, 0));
    value = crc32(bytes.subarray(at, at + SLICE_BYTES), value);
  }
  return value;
}
