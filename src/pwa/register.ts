/**
 * Registers the service worker and tells when the app is ready for offline use and when a new
 * version waits. The new version is taken only when asked: never by itself, never during training.
 */
export interface PwaListener {
  readonly onOfflineReady: () => void;
  readonly onUpdateReady: () => void;
  /** No service worker here: an insecure address, private browsing, or a browser without them. */
  readonly onUnsupported: () => void;
}

export interface PwaUpdate {
  /** Reloads into the waiting version. */
  apply(): void;
}

export function registerPwa(listener: PwaListener): PwaUpdate {
  let apply = (): void => {
    location.reload();
  };
  if (!('serviceWorker' in navigator) || !import.meta.env.PROD) {
    listener.onUnsupported();
    return {
      apply: () => {
        apply();
      },
    };
  }
  void start();
  return {
    apply: () => {
      apply();
    },
  };

  async function start(): Promise<void> {
    try {
      const { serviceWorker } = navigator;
      const registration = await serviceWorker.register(new URL('sw.js', document.baseURI));
      apply = () => {
        serviceWorker.addEventListener('controllerchange', () => {
          location.reload();
        });
        registration.waiting?.postMessage({ type: 'SKIP_WAITING' });
      };
      watchForUpdate(registration, listener.onUpdateReady);
      await serviceWorker.ready;
      listener.onOfflineReady();
    } catch {
      listener.onUnsupported();
    }
  }
}

/**
 * Calls back once for every version that waits behind the one in use. Not by workbox-window, which
 * misses a version that a busy page hears of only after it has been installed.
 */
function watchForUpdate(registration: ServiceWorkerRegistration, onReady: () => void): void {
  let told: ServiceWorker | null = null;
  const look = (): void => {
    const { active, waiting } = registration;
    // The very first version waits for a moment too, behind nothing.
    if (active === null || waiting === null || waiting === told) return;
    told = waiting;
    onReady();
  };
  registration.addEventListener('updatefound', () => {
    registration.installing?.addEventListener('statechange', look);
    look();
  });
  registration.installing?.addEventListener('statechange', look);
  look();
}
