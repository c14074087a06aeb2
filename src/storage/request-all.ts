/**
 * Starts many requests of one transaction at once and waits for all. When one cannot even be started
 * (the value cannot be cloned, the transaction is over), those before it fail as well; their
 * failures are the same one and must not surface as unhandled.
 */
export async function requestAll(requests: Iterable<() => Promise<unknown>>): Promise<void> {
  const started: Promise<unknown>[] = [];
  try {
    for (const request of requests) started.push(request());
  } catch (error) {
    void Promise.allSettled(started);
    throw error;
  }
  await Promise.all(started);
}
