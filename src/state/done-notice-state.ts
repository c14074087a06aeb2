/** A notification of the system when a run is done while the page is out of sight. */

export interface DoneNoticeSlice {
  /** Asked for, and allowed by the person when it was switched on. */
  readonly notifyWhenDone: boolean;
  setNotifyWhenDone(isOn: boolean): void;
  /** Takes over what was chosen in an earlier visit. */
  restoreNotifyWhenDone(): Promise<void>;
}
