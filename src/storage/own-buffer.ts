/**
 * Storing a view stores the whole buffer behind it: one row of a large batch would take the room of
 * the batch. A view of part of a buffer is copied out; others are returned as they are.
 */
export function ownBuffer(values: Float32Array): Float32Array {
  return values.byteLength === values.buffer.byteLength ? values : values.slice();
}
