/**
 * Storage writes in the order they were asked for, one at a time, so that the newest state always
 * wins. A failed write rejects for its caller and does not stop the ones behind it.
 */
export interface WriteQueue {
  push(write: () => Promise<void>): Promise<void>;
  /** Resolves when everything pushed so far has been written or has failed. */
  settled(): Promise<void>;
}

export function createWriteQueue(): WriteQueue {
  let tail: Promise<void> = Promise.resolve();
  return {
    push(write) {
      const mine = tail.then(write);
      tail = mine.catch(() => undefined);
      return mine;
    },
    settled: () => tail,
  };
}
