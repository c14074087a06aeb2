/** Sample sets: what can be asked of the picture generator. The drawing itself is in `worker/intake/samples`. */

export const SAMPLE_THEMES = ['leaves', 'parts', 'fruit'] as const;
export type SampleTheme = (typeof SAMPLE_THEMES)[number];

/** Class keys of each theme, in order; names shown to people come from the message catalogue. */
export const SAMPLE_CLASSES: Readonly<Record<SampleTheme, readonly string[]>> = {
  leaves: ['healthy', 'rust', 'blight'],
  parts: ['intact', 'scratched', 'dented'],
  fruit: ['apple', 'lemon', 'pear', 'plum'],
};

export interface SampleSetSettings {
  readonly theme: SampleTheme;
  readonly photosPerClass: number;
  /** 0 easy (clear differences, plain background) to 1 hard (faint differences, clutter, blur). */
  readonly difficulty: number;
  /** Share of photos given a wrong label on purpose, 0 to 0.4. */
  readonly labelNoise: number;
  readonly seed: number;
}

export interface SampleRequest {
  readonly theme: SampleTheme;
  /** Index into SAMPLE_CLASSES[theme]: what is drawn. */
  readonly drawnClass: number;
  /** Number of the picture; with the seed it fixes every random choice. */
  readonly index: number;
  readonly difficulty: number;
  readonly seed: number;
  /** Side in pixels. */
  readonly size: number;
}

/** Side of a drawn picture in pixels: twice what most backbones look at, small enough to draw quickly. */
export const SAMPLE_SIZE_PX = 320;

/** Ranges that sliders offer and `planSampleSet` enforces. */
export const SAMPLE_LIMITS = {
  photosPerClass: { min: 1, max: 2000 },
  difficulty: { min: 0, max: 1 },
  labelNoise: { min: 0, max: 0.4 },
} as const;

export const DEFAULT_SAMPLE_SETTINGS: SampleSetSettings = {
  theme: 'leaves',
  photosPerClass: 60,
  difficulty: 0.5,
  labelNoise: 0,
  seed: 1,
};
