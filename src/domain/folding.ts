/** How a backbone is computed: layer by layer as its file says, or in fewer steps that were compared. */
export type Folding =
  | {
      readonly isFolded: true;
      /** From the network as loaded, as a share of its largest value. */
      readonly difference: number;
    }
  /** Null: nobody tried, since there is nothing to gain. */
  | { readonly isFolded: false; readonly reason: string | null };

export const NOT_FOLDED: Folding = { isFolded: false, reason: null };
