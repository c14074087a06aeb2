/**
 * The dataset's nouns: a photo, its class and the side of the split it stands on.
 * Pixels never live here; they are blobs in storage, found by `imageHash`.
 */
import type { SampleSetSettings } from './sample-set.ts';

export type PhotoId = string;
export type ClassId = string;

/** The side of the split. `test` photos are never used for training or for choosing anything. */
export type Side = 'train' | 'validation' | 'test';

/** How a photo that is not square becomes the backbone's square input. */
export type FitMode = 'crop' | 'pad' | 'stretch';

export type PhotoOriginKind =
  'file' | 'folder' | 'paste' | 'webcam' | 'sample' | 'zip' | 'teachable-machine' | 'headstart';

export interface PhotoOrigin {
  readonly kind: PhotoOriginKind;
  /** Photos of one webcam recording share a burst id, so that the split keeps them together. */
  readonly burstId?: string;
  /** What the sample set was drawn with; on drawn photos alone. */
  readonly sampleSet?: SampleSetSettings;
}

/** Cheap measurements taken once, when the photo is stored. All in [0, 1] unless said otherwise. */
export interface PhotoStats {
  /** Mean luminance (Rec. 601), 0 black to 1 white. */
  readonly brightness: number;
  /** Standard deviation of luminance. Near 0: a photo of one colour. */
  readonly contrast: number;
  /** Variance of the 4-neighbour Laplacian of luminance (0..255 scale) at 128 px, taken from
   *  the 160 px miniature. Small: blurred. */
  readonly sharpness: number;
  /** The outer frame of the picture. Missing on photos measured by earlier versions. */
  readonly border?: BorderStats;
}

/** What the outermost tenth of a picture on each side looks like: mostly background. */
export interface BorderStats {
  /** Mean colour, each channel 0 to 1. */
  readonly rgb: readonly [red: number, green: number, blue: number];
  /** How far its pixels are from that colour: root of the mean squared distance, 0 to about 0.9. */
  readonly spread: number;
}

export interface Photo {
  readonly id: PhotoId;
  readonly classId: ClassId;
  /** File name as the person knows it; shown as text only, never used as a path. */
  readonly name: string;
  readonly side: Side;
  /** True when a person chose the side; the split then leaves it alone. */
  readonly pinned: boolean;
  /** Near-duplicates share a group; a group stands on one side only. */
  readonly groupId: string;
  /**
   * Where the group stands on a line from 0 to 1 whose left end is validation and whose right end is
   * test (see `split-rank.ts`); given once, so that the share can be moved there and back again.
   * Missing on photos that never went through the split.
   */
  readonly splitRank?: number;
  /** SHA-256 (hex) of the file as it was dropped: finds exact copies. */
  readonly contentHash: string;
  /** SHA-256 (hex) of the stored image: key of the stored blob and of its embeddings. */
  readonly imageHash: string;
  /** 64-bit difference hash as 16 hex digits: finds near-duplicates. */
  readonly perceptualHash: string;
  /** Size of the stored image in pixels, after orientation and bounding. */
  readonly width: number;
  readonly height: number;
  readonly origin: PhotoOrigin;
  /** Milliseconds since the epoch. */
  readonly addedAt: number;
  readonly stats: PhotoStats;
}

export interface ClassInfo {
  readonly id: ClassId;
  readonly name: string;
  /** Index into the class palette (`--class-0` … `--class-11`), stays with the class for life. */
  readonly colorIndex: number;
}
