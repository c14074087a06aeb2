/**
 * Lets the worker read its messages. On wasm and cpu a whole series of batches would otherwise run
 * in microtasks, and a cancel would be seen only at the end. A MessageChannel because timers are
 * held back to 4 ms, and to a second in hidden tabs.
 */
export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
