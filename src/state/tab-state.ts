/** Which of several tabs may write the open project. */
export interface TabSlice {
  readonly tab: {
    /** A reader changes nothing of the project: another tab writes it. */
    readonly role: 'writer' | 'reader';
    /**
     * Of a reader. `other-tab`: opened while another tab had it; `taken-over`: it was ours until
     * another tab took over; `asking`: the other tab is saving what it has; `no-answer`: it did not
     * let go in time, and will be waited for.
     */
    readonly status: 'other-tab' | 'taken-over' | 'asking' | 'no-answer';
    /** False where the browser has no locks: two tabs can then not be kept apart. */
    readonly isGuarded: boolean;
  };
  /** Asks the other tab to save and let go; this tab then reads the project again and writes it. */
  takeOver(): void;
}
