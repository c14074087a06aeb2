/**
 * The real workers. `new Worker(new URL(…, import.meta.url), …)` must stand here in one expression:
 * Vite finds and bundles worker scripts by that form alone.
 */
export function spawnEngineWorker(): Worker {
  return new Worker(new URL('../worker/engine.worker.ts', import.meta.url), { type: 'module' });
}

export function spawnIntakeWorker(): Worker {
  return new Worker(new URL('../worker/intake.worker.ts', import.meta.url), { type: 'module' });
}
