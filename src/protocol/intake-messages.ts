/**
 * Messages between the main thread and an intake worker: everything between a dropped file and
 * pixels. Several intake workers run side by side; none of them imports TensorFlow.js.
 */
import type { AugmentationKind } from '../domain/augmentation.ts';
import type { FitMode, PhotoStats } from '../domain/photo.ts';
import type { SampleRequest } from '../domain/sample-set.ts';

declare global {
  // This folder compiles without DOM types; where they are there, the two declarations merge.
  interface ImageBitmap {
    readonly width: number;
    readonly height: number;
    close(): void;
  }
}

/** Why a file was not taken. What a person reads is made from this by the message catalogue. */
export type RefusalCode =
  | 'empty' // 0 bytes
  | 'unreadable' // gone since it was chosen, locked, or a folder
  | 'heic' // an iPhone photo this browser cannot open
  | 'tiff'
  | 'svg'
  | 'not-an-image' // content is something else (text, PDF, HTML, …)
  | 'damaged' // looks like an image, cannot be decoded
  | 'too-large' // more pixels or bytes than are safe to open
  | 'unsupported'; // an image format this browser cannot open

export interface PreparedPhoto {
  readonly kind: 'prepared';
  /** Upright, sRGB, opaque (white behind transparency), longest side at most `maxSide`, no metadata. */
  readonly image: Blob;
  /** Longest side 160 px, for lists. */
  readonly thumbnail: Blob;
  readonly width: number;
  readonly height: number;
  readonly sourceWidth: number;
  readonly sourceHeight: number;
  readonly contentHash: string;
  readonly imageHash: string;
  readonly perceptualHash: string;
  readonly stats: PhotoStats;
}

export interface RefusedFile {
  readonly kind: 'refused';
  readonly code: RefusalCode;
  readonly params?: Readonly<Record<string, string | number>>;
}

export interface AugmentedPixelsRequest {
  readonly image: Blob;
  readonly size: number;
  readonly fit: FitMode;
  /** Chance comes from here and from a copy's number. */
  readonly imageHash: string;
  readonly kinds: readonly AugmentationKind[];
  /** Numbers of the copies, from 0. */
  readonly copies: readonly number[];
}

export interface IntakeRequestMap {
  'photo/prepare': {
    in: { file: Blob; maxSide: number };
    out: PreparedPhoto | RefusedFile;
  };
  /** RGB bytes [size, size, 3] of a stored image, fitted to the square; the one resize in the product. */
  'photo/pixels': {
    in: { image: Blob; size: number; fit: FitMode };
    out: { pixels: Uint8Array };
  };
  /** Augmented copies of it: [copies.length, size, size, 3], in the order asked for. */
  'photo/augmented': { in: AugmentedPixelsRequest; out: { pixels: Uint8Array } };
  /** The same for a camera frame, which is transferred in and closed there. */
  'frame/pixels': {
    in: { frame: ImageBitmap; size: number; fit: FitMode };
    out: { pixels: Uint8Array };
  };
  /** Encodes a camera frame as a photo file (JPEG), upright and unmirrored. */
  'frame/encode': { in: { frame: ImageBitmap; maxSide: number }; out: { image: Blob } };
  /** Draws one picture of a sample set. Same request, same bytes on the same browser. */
  'sample/draw': { in: SampleRequest; out: { image: Blob } };
  /** Draws known colours and reads them back: finds browsers that disturb canvas pixels. */
  'canvas/check': {
    in: Record<never, never>;
    out: { tampered: boolean; changedShare: number; largestChange: number };
  };
}

export type IntakeEvent = never;
