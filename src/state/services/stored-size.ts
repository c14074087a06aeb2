import { STORED_PHOTO } from '../../domain/prediction-pipeline.ts';

/**
 * Longest side of a stored photo in pixels. Twice the largest backbone input (224) with room for
 * crops, and about 60 kB a photo as JPEG: ten thousand photos stay near half a gigabyte.
 */
export const MAX_STORED_SIDE_PX = STORED_PHOTO.longestSidePx;
