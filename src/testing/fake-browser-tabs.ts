/** Several tabs of one browser in one process: a lock manager and a channel that all of them share. */
import { createTabs, type Tabs } from '../state/services/tabs.ts';

interface Waiting {
  readonly name: string;
  readonly tab: FakeTab;
  readonly begin: () => void;
}

export interface FakeTab {
  readonly tabs: Tabs;
  /** The browser gives back what it held and forgets what it waited for; nobody is told. */
  crash(): void;
}

export interface FakeBrowser {
  openTab(): FakeTab;
}

export function createFakeBrowser(): FakeBrowser {
  const held = new Map<string, FakeTab>();
  let queue: Waiting[] = [];
  const channels = new Map<FakeTab, EventTarget>();

  function next(): void {
    const waiting = queue.find(({ name }) => !held.has(name));
    if (waiting === undefined) return;
    queue = queue.filter((other) => other !== waiting);
    held.set(waiting.name, waiting.tab);
    waiting.begin();
    next();
  }

  function locksOf(tab: () => FakeTab): Pick<LockManager, 'request' | 'query'> {
    async function request<Value>(
      name: string,
      { signal }: LockOptions,
      work: () => Promise<Value>,
    ): Promise<Value> {
      const own = tab();
      await new Promise<void>((begin, fail) => {
        const waiting = { name, tab: own, begin };
        queue.push(waiting);
        signal?.addEventListener('abort', () => {
          if (!queue.includes(waiting)) return;
          queue = queue.filter((other) => other !== waiting);
          fail(new DOMException('cancelled', 'AbortError'));
        });
        queueMicrotask(next);
      });
      try {
        return await work();
      } finally {
        if (held.get(name) === own) held.delete(name);
        next();
      }
    }
    return {
      // Only the form with options is used.
      request: request as unknown as LockManager['request'],
      query: () =>
        Promise.resolve({ held: [...held.keys()].map((name) => ({ name })), pending: [] }),
    };
  }

  function channelOf(tab: () => FakeTab): BroadcastChannel {
    const target = new EventTarget();
    const postMessage = (data: unknown): void => {
      for (const [other, channel] of channels) {
        if (other === tab()) continue;
        setTimeout(() => {
          if (channels.has(other)) channel.dispatchEvent(new MessageEvent('message', { data }));
        });
      }
    };
    return Object.assign(target, { postMessage }) as unknown as BroadcastChannel;
  }

  return {
    openTab() {
      const self = (): FakeTab => tab;
      const channel = channelOf(self);
      const tab: FakeTab = {
        tabs: createTabs({ locks: locksOf(self), createChannel: () => channel }),
        crash() {
          channels.delete(tab);
          queue = queue.filter((waiting) => waiting.tab !== tab);
          for (const [name, owner] of held) if (owner === tab) held.delete(name);
          next();
        },
      };
      channels.set(tab, channel);
      return tab;
    },
  };
}
