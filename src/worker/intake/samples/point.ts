/** A place in a picture or in an object's own coordinates; who uses it says which and in what unit. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
