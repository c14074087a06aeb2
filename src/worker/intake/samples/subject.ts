/** What a theme is asked to paint. */
export interface Subject {
  /** Index into SAMPLE_CLASSES of the theme. */
  readonly drawnClass: number;
  /** 0 easy to 1 hard. */
  readonly difficulty: number;
  /** Seed of this one picture; painters derive one seed per purpose, so that changing the difficulty
   * keeps pose, species and background. */
  readonly seed: number;
}
