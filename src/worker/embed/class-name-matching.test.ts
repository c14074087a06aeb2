/** The rule is in the domain; the names to match come with the library, which only the worker has. */
import fc from 'fast-check';
import { IMAGENET_CLASSES } from '@tensorflow-models/mobilenet/dist/imagenet_classes.js';
import { describe, expect, it } from 'vitest';
import { classNameMatcher } from '../../domain/zero-shot.ts';

const IMAGENET = Array.from({ length: 1_000 }, (_, index) => IMAGENET_CLASSES[index] ?? '');

const inImageNet = classNameMatcher(IMAGENET);

function namesFor(name: string, labels: readonly string[] = IMAGENET): readonly string[] {
  const match = labels === IMAGENET ? inImageNet : classNameMatcher(labels);
  return match(name).map((index) => labels[index] ?? '');
}

describe('matching class names to ImageNet’s', () => {
  it('finds a synonym, in either number and any spelling of case', () => {
    for (const name of ['ant', 'Ants', 'emmet', 'PISMIRES']) {
      expect(namesFor(name)).toEqual(['ant, emmet, pismire']);
    }
    expect(namesFor('Bees')).toEqual(['bee']);
    expect(namesFor('daisies')).toEqual(['daisy']);
    expect(namesFor('wolves', ['wolf, grey wolf', 'fox'])).toEqual(['wolf, grey wolf']);
    expect(namesFor('buses', ['bus', 'bush'])).toEqual(['bus']);
    expect(namesFor('Éclairs', ['eclair'])).toEqual(['eclair']);
  });

  it('takes the strictest reading that finds any: the name before what ends with it', () => {
    expect(namesFor('bee')).not.toContain('bee eater');
    expect(namesFor('bottles')).toEqual([
      'beer bottle',
      'pill bottle',
      'pop bottle, soda bottle',
      'water bottle',
      'wine bottle',
    ]);
    expect(namesFor('roses')).toEqual(['hip, rose hip, rosehip']);
  });

  it('knows the families whose members are called otherwise', () => {
    const dogs = inImageNet('Dogs');
    expect(dogs).toHaveLength(118);
    expect(dogs).toContain(IMAGENET.findIndex((label) => label.startsWith('golden retriever')));
    expect(namesFor('cat')).toContain('tabby, tabby cat');
    expect(namesFor('cat')).not.toContain(
      'cougar, puma, catamount, mountain lion, painter, panther, Felis concolor',
    );
    const known: readonly (readonly [string, string, string])[] = [
      ['fish', 'tench', 'puffer'],
      ['birds', 'cock', 'albatross'],
      ['frog', 'bullfrog', 'tailed frog'],
      ['turtle', 'loggerhead', 'box turtle'],
      ['lizards', 'banded gecko', 'Komodo dragon'],
      ['snake', 'thunder snake', 'sidewinder'],
      ['spiders', 'black and gold garden spider', 'wolf spider'],
      ['crab', 'Dungeness crab', 'king crab'],
      ['bear', 'brown bear', 'sloth bear'],
      ['beetle', 'tiger beetle', 'weevil'],
      ['butterflies', 'admiral', 'lycaenid'],
      ['monkey', 'guenon', 'squirrel monkey'],
      ['mushrooms', 'coral fungus', 'bolete'],
    ];
    for (const [name, first, last] of known) {
      const found = namesFor(name).map((label) => label.split(',')[0]);
      expect(found).toContain(first);
      expect(found).toContain(last);
    }
    // In another list the numbers mean other things.
    expect(classNameMatcher(['car', 'tree'])('dog')).toEqual([]);
  });

  it('falls back to the last word of a longer name, and finds nothing where nothing fits', () => {
    expect(namesFor('my red sports cars')).toEqual(namesFor('car'));
    expect(namesFor('car')).toContain('sports car, sport car');
    expect(namesFor('golden retriever')).toEqual(['golden retriever']);
    for (const name of ['dandelion', 'tulips', 'Class 1', '', '???', 'scissors']) {
      expect(namesFor(name)).toEqual([]);
    }
  });

  it('only ever gives numbers of classes, once each and in order, whatever the name', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const found = inImageNet(name);
        expect([...new Set(found)].sort((a, b) => a - b)).toEqual(found);
        expect(found.every((index) => index >= 0 && index < 1_000)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('finds classes by each of its own synonyms', () => {
    for (let index = 0; index < IMAGENET.length; index += 5) {
      for (const synonym of (IMAGENET[index] ?? '').split(',')) {
        expect(inImageNet(synonym)).toContain(index);
      }
    }
  });
});
