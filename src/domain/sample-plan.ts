/**
 * Decides what a sample set consists of before anything is drawn: which pictures, and which of them
 * carry a wrong label on purpose. Pure; the same settings always give the same plan.
 */
import { createRandom, deriveSeed } from './random.ts';
import {
  SAMPLE_CLASSES,
  SAMPLE_LIMITS,
  SAMPLE_SIZE_PX,
  type SampleRequest,
  type SampleSetSettings,
} from './sample-set.ts';

export interface PlannedSample {
  readonly request: SampleRequest;
  /** Index into SAMPLE_CLASSES[theme]: what the picture shows. */
  readonly drawnClass: number;
  /** Index into SAMPLE_CLASSES[theme]: the class it is filed under. Differs only through label noise. */
  readonly labelClass: number;
}

/**
 * The pictures of one set, classes taking turns so that every class fills up at the same pace.
 *
 * Exactly `round(labelNoise * total)` labels are wrong. They are spread evenly over the classes drawn
 * and over the classes they are mistaken for. Raising the noise keeps the labels that were already
 * wrong; raising `photosPerClass` keeps the pictures that were already there. Settings outside
 * SAMPLE_LIMITS are brought inside; NaN counts as the lower limit.
 */
export function planSampleSet(settings: SampleSetSettings): PlannedSample[] {
  const classCount = SAMPLE_CLASSES[settings.theme].length;
  const photosPerClass = Math.round(within(settings.photosPerClass, SAMPLE_LIMITS.photosPerClass));
  const difficulty = within(settings.difficulty, SAMPLE_LIMITS.difficulty);
  const labelNoise = within(settings.labelNoise, SAMPLE_LIMITS.labelNoise);
  const wrongLabels = planWrongLabels(classCount, photosPerClass, labelNoise, settings.seed);

  const plan: PlannedSample[] = [];
  for (let index = 0; index < photosPerClass; index++) {
    for (let drawnClass = 0; drawnClass < classCount; drawnClass++) {
      plan.push({
        request: {
          theme: settings.theme,
          drawnClass,
          index,
          difficulty,
          seed: settings.seed,
          size: SAMPLE_SIZE_PX,
        },
        drawnClass,
        labelClass: wrongLabels[drawnClass]?.get(index) ?? drawnClass,
      });
    }
  }
  return plan;
}

/** Per drawn class: picture index → the wrong class it is filed under. */
function planWrongLabels(
  classCount: number,
  photosPerClass: number,
  labelNoise: number,
  seed: number,
): Map<number, number>[] {
  const wrongTotal = Math.round(labelNoise * classCount * photosPerClass);
  const turn = upTo(classCount);
  createRandom(deriveSeed(seed, 'label-noise/turn')).shuffle(turn);

  return upTo(classCount).map((drawnClass) => {
    const random = createRandom(deriveSeed(seed, `label-noise/${drawnClass}`));
    const others = upTo(classCount).filter((other) => other !== drawnClass);
    random.shuffle(others);
    const order = random.shuffle(upTo(photosPerClass));
    // What does not divide evenly goes to the classes whose turn comes first.
    const remainder = turn.indexOf(drawnClass) < wrongTotal % classCount ? 1 : 0;
    const wrongHere = Math.floor(wrongTotal / classCount) + remainder;
    const wrong = new Map<number, number>();
    order.slice(0, wrongHere).forEach((index, position) => {
      const label = others[position % others.length];
      if (label !== undefined) wrong.set(index, label);
    });
    return wrong;
  });
}

function within(value: number, limits: { readonly min: number; readonly max: number }): number {
  if (Number.isNaN(value)) return limits.min;
  return Math.min(limits.max, Math.max(limits.min, value));
}

function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
