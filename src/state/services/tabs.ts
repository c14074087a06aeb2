/**
 * The other tabs of this browser: locks that only one of them can hold, given back by the browser
 * itself when a tab closes or crashes, and short messages to all of them.
 */

/** A place in the queue for a lock. */
export interface LockRequest {
  /** Resolves with the function that gives the lock back. Never, when the request is cancelled. */
  readonly granted: Promise<() => void>;
  /** Leaves the queue, or gives the lock back. */
  cancel(): void;
}

export interface TabMessage {
  /** This project is to be saved and let go. */
  readonly kind: 'let-go';
  readonly projectId: string;
}

export interface Tabs {
  /** False: every request is granted at once, and nobody is told of other tabs. */
  readonly isGuarded: boolean;
  request(name: string): LockRequest;
  isHeld(name: string): Promise<boolean>;
  tell(message: TabMessage): void;
  /** Messages of other tabs. Returns the way out. */
  listen(listener: (message: TabMessage) => void): () => void;
}

export const projectLockName = (projectId: string): string => `headstart project ${projectId}`;

/** What a browser has; both are missing on plain-http addresses or in old browsers. */
export interface BrowserTabs {
  readonly locks: Pick<LockManager, 'request' | 'query'> | undefined;
  readonly createChannel: (() => BroadcastChannel) | undefined;
}

/** `navigator.locks` exists on https:// and localhost only. */
export function browserTabs(): BrowserTabs {
  const { navigator, BroadcastChannel: Channel } = globalThis as {
    navigator?: { locks?: LockManager };
    BroadcastChannel?: typeof BroadcastChannel;
  };
  return {
    locks: navigator?.locks,
    createChannel: Channel === undefined ? undefined : () => new Channel('headstart tabs'),
  };
}

export function createTabs({ locks, createChannel }: BrowserTabs): Tabs {
  const channel = createChannel?.();
  if (locks === undefined || channel === undefined) return withoutLocks();
  return {
    isGuarded: true,
    request: (name) => requestLock(locks, name),
    async isHeld(name) {
      const { held = [] } = await locks.query();
      return held.some((lock) => lock.name === name);
    },
    tell(message) {
      channel.postMessage(message);
    },
    listen(listener) {
      const onMessage = ({ data }: MessageEvent<unknown>): void => {
        if (isTabMessage(data)) listener(data);
      };
      channel.addEventListener('message', onMessage);
      return () => {
        channel.removeEventListener('message', onMessage);
      };
    },
  };
}

function requestLock(locks: Pick<LockManager, 'request'>, name: string): LockRequest {
  const abort = new AbortController();
  let release: () => void = () => undefined;
  let isCancelled = false;
  const granted = new Promise<() => void>((resolve) => {
    const held = new Promise<void>((letGo) => {
      release = letGo;
    });
    locks
      .request(name, { signal: abort.signal }, async () => {
        if (isCancelled) return;
        resolve(release);
        await held;
      })
      // Only its own abort ends a request early; nobody waits for it then.
      .catch(() => undefined);
  });
  return {
    granted,
    cancel() {
      isCancelled = true;
      release();
      abort.abort();
    },
  };
}

/** Where tabs cannot be kept apart, each works as if it were alone, and says so (`isGuarded`). */
function withoutLocks(): Tabs {
  return {
    isGuarded: false,
    request: () => ({ granted: Promise.resolve(() => undefined), cancel: () => undefined }),
    isHeld: () => Promise.resolve(false),
    tell: () => undefined,
    listen: () => () => undefined,
  };
}

function isTabMessage(value: unknown): value is TabMessage {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, projectId } = value as Partial<TabMessage>;
  return kind === 'let-go' && typeof projectId === 'string';
}
