/** Draws one picture of a sample set, the way a camera would have taken it, as a JPEG file. */
import { createRandom, deriveSeed } from '../../../domain/random.ts';
import {
  SAMPLE_CLASSES,
  type SampleRequest,
  type SampleTheme,
} from '../../../domain/sample-set.ts';
import { createCamera, expose } from './camera.ts';
import { clamp } from './chance.ts';
import { easelOf, type Easel } from './easel.ts';
import { paintFruit } from './fruit.ts';
import { paintLeaves } from './leaves.ts';
import { createLight, type Light } from './light.ts';
import { paintParts } from './parts.ts';
import type { Subject } from './subject.ts';

const PAINTERS: Readonly<
  Record<SampleTheme, (easel: Easel, light: Light, subject: Subject) => void>
> = { leaves: paintLeaves, parts: paintParts, fruit: paintFruit };

const MIN_SIZE_PX = 32;
const MAX_SIZE_PX = 1024;

/**
 * A square JPEG of `request.size` pixels. The same request gives the same bytes on the same browser.
 * Changing only the difficulty keeps light, background and pose of the picture.
 *
 * Throws RangeError when the class is not one of the theme's or the size is not 32 to 1024 whole
 * pixels. Difficulty is brought into 0 to 1.
 */
export async function drawSample(request: SampleRequest): Promise<Blob> {
  const { theme, drawnClass, index, seed, size } = request;
  if (SAMPLE_CLASSES[theme][drawnClass] === undefined) {
    throw new RangeError(`Theme ${theme} has no class ${drawnClass}`);
  }
  if (!Number.isInteger(size) || size < MIN_SIZE_PX || size > MAX_SIZE_PX) {
    throw new RangeError(`size must be ${MIN_SIZE_PX} to ${MAX_SIZE_PX} whole pixels, got ${size}`);
  }
  const difficulty = Number.isNaN(request.difficulty) ? 0 : clamp(request.difficulty, 0, 1);
  const pictureSeed = deriveSeed(seed, `sample/${theme}/${drawnClass}/${index}`);
  const easel = easelOf(size);
  const light = createLight(createRandom(deriveSeed(pictureSeed, 'light')), difficulty);
  const camera = createCamera(createRandom(deriveSeed(pictureSeed, 'camera')), difficulty);
  PAINTERS[theme](easel, light, { drawnClass, difficulty, seed: pictureSeed });

  // A canvas of its own: encoding goes on while the next picture is drawn on the easel.
  const output = new OffscreenCanvas(size, size);
  const context = output.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null) throw new Error('This browser has no 2D canvas in workers');
  expose(easel, light, camera);
  context.putImageData(easel.plate, 0, 0);
  return output.convertToBlob({ type: 'image/jpeg', quality: camera.quality });
}
