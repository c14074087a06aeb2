/**
 * Storage writes in the order they were asked for, one at a time, so that the newest state always
 * wins. A failed write is reported and does not stop the ones behind it.
 */
export interface WriteQueue {
  push(write: () => Promise<void>): Promise<void>;
  /** Resolves when everything pushed so far has been written (or has failed and been reported). */
  settled(): Promise<void>;
}

export function createWriteQueue(onFailure: (error: unknown) => void): WriteQueue {
  let tail: Promise<void> = Promise.resolve();
  return {
    push(write) {
      tail = tail.then(write).catch(onFailure);
      return tail;
    },
    settled: () => tail,
  };
}
