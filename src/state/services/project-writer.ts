/**
 * One writer for a project, however many tabs show it. The tab that holds the project's lock writes;
 * every other reads, and waits for the lock in the background. A tab that is asked to let go first
 * stops what it is doing and saves; the lock of a tab that closes or crashes is given back by the
 * browser. The lock is never taken by force, so two tabs can not write at once.
 */
import { StorageError } from '../../storage/storage.ts';
import type { StoreAccess } from '../slice-tools.ts';
import type { TabSlice } from '../tab-state.ts';
import type { AppServices } from './app-services.ts';
import { projectLockName, type LockRequest } from './tabs.ts';

export interface ProjectWriter {
  /** Settles quickly: as a reader when another tab has the project. */
  open(projectId: string): Promise<'writer' | 'reader'>;
  /**
   * Does it, unless that is the open project and this tab does not hold its lock: then rejects with
   * StorageError 'read-only'. The lock is not given back before every such write has ended. Null: of
   * the open project.
   */
  write<Value>(projectId: string | null, work: () => Promise<Value>): Promise<Value>;
  /** Asks; the answer shows in the store. */
  takeOver(): void;
  /** Set once at start-up. */
  onLetGo: () => Promise<void>;
  onGained: () => Promise<void>;
}

/** A page that is being reloaded gives its lock back a moment after the new one has begun. */
const PATIENCE_MS = 400;
/** Longer than any one write; what takes longer has been given up by the other tab's person. */
const LET_GO_MS = 8_000;

export function createProjectWriter({
  get,
  set,
  services,
}: StoreAccess & { services: Pick<AppServices, 'tabs'> }): ProjectWriter {
  const { tabs } = services;
  let projectId = '';
  let request: LockRequest | null = null;
  let release: (() => void) | null = null;
  let isLettingGo = false;
  const underWay = new Set<Promise<unknown>>();

  function patch(tab: Partial<TabSlice['tab']>): void {
    set({ tab: { ...get().tab, ...tab } });
  }

  /** Queues for the lock. The first to have it is told by `first`; later it is a gain. */
  function queue(): Promise<'writer'> {
    const mine = tabs.request(projectLockName(projectId));
    request = mine;
    return mine.granted.then((letGo) => {
      if (request === mine) release = letGo;
      else letGo();
      return 'writer';
    });
  }

  async function gain(): Promise<void> {
    const mine = release;
    if (mine === null) return;
    // What the other tab has written is read before anything is written here.
    await writer.onGained();
    // Another tab may have asked in the meantime.
    if (release === mine) patch({ role: 'writer', status: 'other-tab' });
  }

  async function letGo(): Promise<void> {
    const mine = release;
    if (mine === null || isLettingGo) return;
    isLettingGo = true;
    const wasWriter = get().tab.role === 'writer';
    if (wasWriter) patch({ role: 'reader', status: 'taken-over' });
    try {
      if (wasWriter) await writer.onLetGo();
    } finally {
      isLettingGo = false;
      release = null;
      await Promise.allSettled([...underWay]);
      // Behind the tab that asked: this one goes on when that one closes.
      queueAgain();
    }
  }

  tabs.listen((message) => {
    if (message.projectId !== projectId) return;
    if (release !== null) void letGo();
    else queueAgain(); // the tab that asks goes first
  });

  function queueAgain(): void {
    request?.cancel();
    void queue().then(gain);
  }

  const writer: ProjectWriter = {
    onLetGo: () => Promise.resolve(),
    onGained: () => Promise.resolve(),
    async open(id) {
      request?.cancel();
      release = null;
      projectId = id;
      const granted = queue();
      const outcome = await Promise.race([granted, after(PATIENCE_MS)]);
      const role = outcome === 'writer' ? 'writer' : 'reader';
      patch({ role, status: 'other-tab', isGuarded: tabs.isGuarded });
      if (role === 'reader') void granted.then(gain);
      return role;
    },
    async write(id, work) {
      if ((id ?? projectId) === projectId && release === null && projectId !== '') {
        throw new StorageError('read-only', 'another tab writes this project');
      }
      const mine = work();
      underWay.add(mine);
      try {
        return await mine;
      } finally {
        underWay.delete(mine);
      }
    },
    takeOver() {
      if (get().tab.role === 'writer' || get().tab.status === 'asking') return;
      patch({ status: 'asking' });
      tabs.tell({ kind: 'let-go', projectId });
      void after(LET_GO_MS).then(() => {
        if (get().tab.status === 'asking') patch({ status: 'no-answer' });
      });
    },
  };
  return writer;
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
