/** Reads a few things ahead of the one that is being used, so that nobody waits for the disk each time. */

/** Pictures of about 60 kB: half a megabyte. */
const DEPTH = 8;

/** In order. What was read ahead and is not wanted any more is let go, failures included. */
export async function* readAhead<Item, Value>(
  items: Iterable<Item>,
  read: (item: Item) => Promise<Value>,
): AsyncGenerator<{ readonly item: Item; readonly value: Value }, void, undefined> {
  const source = items[Symbol.iterator]();
  const under: { item: Item; value: Promise<Value> }[] = [];
  const begin = (): void => {
    const next = source.next();
    if (next.done === true) return;
    const value = read(next.value);
    value.catch(() => undefined); // awaited in its turn, or no longer wanted
    under.push({ item: next.value, value });
  };
  for (let i = 0; i < DEPTH; i++) begin();
  for (let first = under.shift(); first !== undefined; first = under.shift()) {
    const value = await first.value;
    begin();
    yield { item: first.item, value };
  }
}
