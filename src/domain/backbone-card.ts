/**
 * A backbone as data: everything needed to show, fetch, check, load and use a pretrained network.
 * There is one generic loader per `format`; a new backbone is a new card, not new code.
 */

/**
 * `graph`: a TF.js graph model run by the converter; `mobilenet`: a graph model that
 * `@tensorflow-models/mobilenet` loads; `layers`: a TF.js layers model.
 */
export type BackboneFormat = 'graph' | 'mobilenet' | 'layers';
/** `file`: came with a model that was opened from a file; kept on this device. */
export type BackboneSourceKind = 'built-in' | 'self-hosted' | 'download' | 'file';

export interface BackboneFile {
  /** Relative to the folder of `model.json`. */
  readonly path: string;
  /** Exact where `sha256` is given; else as best known, and what the server sends decides. */
  readonly bytes: number;
  /** Hex; null where the publisher's file could not be read when the card was written: then the
   *  hash of the first complete download is pinned on the device and checked ever after. */
  readonly sha256: string | null;
}

export interface GoldenEmbedding {
  /** Formula for the input, by row y, column x, channel c: sin((x·(c+1) + 2y) / 16), from [-1, 1]
   *  onto `inputRange`. */
  readonly input: 'sine';
  readonly first: readonly number[];
  readonly sum: number;
  /** Largest allowed relative difference of the sum and absolute difference of the first values. */
  readonly tolerance: number;
}

export interface BackboneCard {
  readonly id: string;
  readonly name: string;
  readonly format: BackboneFormat;
  /** For `mobilenet`: architecture version and width multiplier handed to the library. */
  readonly mobilenet?: { readonly version: 1 | 2; readonly alpha: number };
  readonly source: {
    readonly kind: BackboneSourceKind;
    /** URL of model.json; relative to the app for built-in and self-hosted ones. */
    readonly modelUrl: string;
    readonly publisher: string;
  };
  readonly licence: string;
  /** Bytes of all files together, as downloaded. */
  readonly totalBytes: number;
  /**
   * `model.json` first, then the weights. A download may list `model.json` alone: its weight files
   * are then those that its weights manifest names.
   */
  readonly files: readonly BackboneFile[];
  /** Side of the square input in pixels. */
  readonly inputSize: number;
  /** Pixel value 0 maps to the first number, 255 to the second. */
  readonly inputRange: readonly [number, number];
  /** Output node (graph) or layer (layers) to read. `pool`: global average pooling is still to be done. */
  readonly embedding: { readonly node: string; readonly width: number; readonly pool: boolean };
  /** Spatial map before pooling, for class activation maps; null if the network has none to read. */
  readonly featureMap: { readonly node: string; readonly side: number } | null;
  /** Multiply-adds for one image, in millions. */
  readonly multiplyAddsM: number;
  readonly golden: GoldenEmbedding | null;
  /** One sentence for the person choosing. A message key. */
  readonly summaryKey: string;
}

/** Bytes of a backbone, ready for the worker. */
export interface BackboneArtifacts {
  /** Parsed model.json (topology and weights manifest). */
  readonly modelJson: unknown;
  /** All weight files one after the other, in manifest order. */
  readonly weights: ArrayBuffer;
  /** SHA-256 (hex) of `weights`; part of the embedding cache key. */
  readonly weightsSha256: string;
}
