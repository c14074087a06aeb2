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
      const { Workbox } = await import('workbox-window');
      const workbox = new Workbox(new URL('sw.js', document.baseURI).href);
      workbox.addEventListener('waiting', () => {
        listener.onUpdateReady();
      });
      apply = () => {
        workbox.addEventListener('controlling', () => {
          location.reload();
        });
        workbox.messageSkipWaiting();
      };
      const registration = await workbox.register();
      if (registration?.waiting) listener.onUpdateReady();
      await navigator.serviceWorker.ready;
      listener.onOfflineReady();
    } catch {
      listener.onUnsupported();
    }
  }
}
