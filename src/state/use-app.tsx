/** React's way into the store: `const photos = useApp((state) => state.photos)`. */
import {
  createContext,
  useContext,
  useEffect,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';
import { useStore } from 'zustand';
import type { EpochMetrics } from '../domain/metrics.ts';
import type { App } from './app-store.ts';
import type { AppState } from './store-types.ts';

const AppContext = createContext<App | null>(null);

export function AppProvider({ app, children }: { app: App; children: ReactNode }): ReactNode {
  return <AppContext value={app}>{children}</AppContext>;
}

/** The services and the store itself, for event handlers; components read state with `useApp`. */
export function useAppHandle(): App {
  const app = useContext(AppContext);
  if (app === null) throw new Error('useAppHandle needs an AppProvider above it');
  return app;
}

export function useApp<Selected>(selector: (state: AppState) => Selected): Selected {
  return useStore(useAppHandle().store, selector);
}

/** Every epoch of the run on screen; re-renders at most ten times a second. */
export function useMetrics(): readonly EpochMetrics[] {
  const { metricLog } = useAppHandle().services;
  return useSyncExternalStore(metricLog.subscribe, metricLog.getSnapshot);
}

/** Object URL of a stored photo's thumbnail; null while it is read, or when it is gone. */
export function useThumbnail(imageHash: string): string | null {
  const { thumbnails } = useAppHandle();
  const [loaded, setLoaded] = useState<{ hash: string; url: string | null } | null>(null);
  useEffect(() => {
    let current = true;
    void thumbnails.acquire(imageHash).then((url) => {
      if (current) setLoaded({ hash: imageHash, url });
    });
    return () => {
      current = false;
      thumbnails.release(imageHash);
    };
  }, [thumbnails, imageHash]);
  return loaded?.hash === imageHash ? loaded.url : thumbnails.peek(imageHash);
}
