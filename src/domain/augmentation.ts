/**
 * Augmented copies of a training photo: which changes are allowed and what chance makes of them. A
 * copy is a function of the photo, its number and the changes allowed, of nothing else: so it is
 * embedded once, found again under its key, and the same on every machine.
 */
import type { Hyperparameters } from './hyperparameters.ts';
import { createRandom, deriveSeed } from './random.ts';

export const AUGMENTATION_KINDS = ['flip', 'crop', 'rotate', 'colour', 'blur', 'erase'] as const;
export type AugmentationKind = (typeof AUGMENTATION_KINDS)[number];

/** Raise it whenever a change here or in `augment-pixels.ts` changes pixels. */
const AUGMENTATION_VERSION = 1;

const SETTING_OF: Readonly<Record<AugmentationKind, keyof Hyperparameters>> = {
  flip: 'augmentFlip',
  crop: 'augmentCrop',
  rotate: 'augmentRotate',
  colour: 'augmentColour',
  blur: 'augmentBlur',
  erase: 'augmentErase',
};

export interface Augmentation {
  /** Copies of each training photo. 0 also when nothing may be changed: a copy would be the photo. */
  readonly copies: number;
  /** In the order of AUGMENTATION_KINDS. */
  readonly kinds: readonly AugmentationKind[];
}

export function augmentationOf(settings: Hyperparameters): Augmentation {
  const kinds = AUGMENTATION_KINDS.filter((kind) => settings[SETTING_OF[kind]] === true);
  return { copies: kinds.length === 0 ? 0 : settings.augmentCopies, kinds };
}

const LETTERS: Readonly<Record<AugmentationKind, string>> = {
  flip: 'f',
  crop: 'c',
  rotate: 'r',
  colour: 'k',
  blur: 'b',
  erase: 'e',
};

/** Short name of the allowed changes, part of the key of a copy's embedding: `a1fcr`. */
export function augmentationCode(kinds: readonly AugmentationKind[]): string {
  const letters = AUGMENTATION_KINDS.filter((kind) => kinds.includes(kind)).map(
    (kind) => LETTERS[kind],
  );
  return `a${String(AUGMENTATION_VERSION)}${letters.join('')}`;
}

/** What is done to one copy. Lengths and positions are shares of the side of the square. */
export interface AugmentationPlan {
  readonly flip: boolean;
  /** Side of the part that is kept, and its left top corner: 1, 0, 0 keeps all of it. */
  readonly crop: { readonly side: number; readonly left: number; readonly top: number };
  /** Degrees, clockwise. */
  readonly angle: number;
  /** Factors; 1 changes nothing. */
  readonly brightness: number;
  readonly contrast: number;
  readonly saturation: number;
  /** Standard deviation of the blur; 0: none. */
  readonly blur: number;
  readonly erase: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  } | null;
}

/** How far each change may go. Mild: a copy has to stay a photo of its class. */
const SMALLEST_CROP_AREA = 0.6;
const LARGEST_ANGLE = 15;
const BRIGHTNESS = 0.25;
const CONTRAST = 0.25;
const SATURATION = 0.4;
/** 1.2 pixels at a side of 128. */
const LARGEST_BLUR = 1.2 / 128;
const ERASED_AREA = [0.04, 0.2] as const;
const ERASED_ASPECT = [0.5, 2] as const;

/**
 * Draws what is done to copy `index` (from 0) of the photo with this image hash. Every second copy is
 * mirrored, so that both views are there with any number of copies; half of the copies are blurred,
 * half lose a rectangle (random erasing: Zhong et al., AAAI 2020). Crops by area as in Szegedy et al.
 * (CVPR 2015), colour as independent factors.
 */
export function drawAugmentation(
  kinds: readonly AugmentationKind[],
  imageHash: string,
  index: number,
): AugmentationPlan {
  // One stream for each kind: switching one off leaves what the others do as it is.
  const chance = (kind: AugmentationKind) =>
    createRandom(deriveSeed(index, `augment ${kind} ${imageHash}`));
  const has = (kind: AugmentationKind): boolean => kinds.includes(kind);
  const around = (random: () => number, reach: number): number => 1 + reach * (2 * random() - 1);
  const rotate = chance('rotate');
  const colour = chance('colour');
  const blur = chance('blur');
  return {
    flip: has('flip') && index % 2 === 0,
    crop: has('crop') ? drawCrop(chance('crop').float) : { side: 1, left: 0, top: 0 },
    angle: has('rotate') ? LARGEST_ANGLE * (2 * rotate.float() - 1) : 0,
    brightness: has('colour') ? around(colour.float, BRIGHTNESS) : 1,
    contrast: has('colour') ? around(colour.float, CONTRAST) : 1,
    saturation: has('colour') ? around(colour.float, SATURATION) : 1,
    blur: has('blur') && blur.float() < 0.5 ? LARGEST_BLUR * (0.3 + 0.7 * blur.float()) : 0,
    erase: has('erase') ? drawErase(chance('erase').float) : null,
  };
}

function drawCrop(random: () => number): AugmentationPlan['crop'] {
  const side = Math.sqrt(SMALLEST_CROP_AREA + (1 - SMALLEST_CROP_AREA) * random());
  return { side, left: (1 - side) * random(), top: (1 - side) * random() };
}

function drawErase(random: () => number): AugmentationPlan['erase'] {
  if (random() < 0.5) return null;
  const between = ([low, high]: readonly [number, number]): number => low + (high - low) * random();
  const area = between(ERASED_AREA);
  const aspect = between(ERASED_ASPECT);
  const width = Math.sqrt(area * aspect);
  const height = Math.sqrt(area / aspect);
  return { left: (1 - width) * random(), top: (1 - height) * random(), width, height };
}
