/** What storage remembers while the page is open, and forgets with it. */
export interface Session {
  /** Pictures of photos removed in this session, which undo may still ask for. */
  spare(imageHash: string): void;
  isSpared(imageHash: string): boolean;
  /** A record that could not be read or was not what it should be. */
  countDamaged(): void;
  readonly damagedRecords: number;
}

export function createSession(): Session {
  const spared = new Set<string>();
  let damaged = 0;
  return {
    spare(imageHash) {
      spared.add(imageHash);
    },
    isSpared: (imageHash) => spared.has(imageHash),
    countDamaged() {
      damaged++;
    },
    get damagedRecords() {
      return damaged;
    },
  };
}
