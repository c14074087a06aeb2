import { deflateSync, strToU8 } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DEFAULT_HYPERPARAMETERS,
  HYPERPARAMETER_KEYS,
  HYPERPARAMETER_SPECS,
  type HyperparameterSpec,
} from '../domain/hyperparameter-specs.ts';
import type { Hyperparameters } from '../domain/hyperparameters.ts';
import { DEFAULT_SAMPLE_SETTINGS, SAMPLE_THEMES } from '../domain/sample-set.ts';
import { decodeSetup, encodeSetup, MAX_SETUP_CHARACTERS, type Setup } from './setup-link.ts';

function valueOf(spec: HyperparameterSpec): fc.Arbitrary<unknown> {
  if (spec.kind === 'toggle') return fc.boolean();
  if (spec.kind === 'choice') return fc.constantFrom(...(spec.choices as readonly string[]));
  const { min, max, integer } = spec;
  return integer
    ? fc.integer({ min, max })
    : fc.double({ min, max, noNaN: true }).map((n) => n + 0);
}
const settings = fc.record(
  Object.fromEntries(HYPERPARAMETER_KEYS.map((key) => [key, valueOf(HYPERPARAMETER_SPECS[key])])),
) as unknown as fc.Arbitrary<Hyperparameters>;
const share = (min: number, max: number) => fc.double({ min, max, noNaN: true }).map((n) => n + 0);
const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const setups: fc.Arbitrary<Setup> = fc.record({
  settings,
  split: fc.record({ seed, validationShare: share(0.05, 0.5), testShare: share(0, 0.4) }),
  fit: fc.constantFrom('crop', 'pad', 'stretch'),
  backboneId: fc.stringMatching(/^[\w.-]{1,40}$/),
  sampleSet: fc.option(
    fc.record({
      theme: fc.constantFrom(...SAMPLE_THEMES),
      photosPerClass: fc.integer({ min: 1, max: 500 }),
      difficulty: share(0, 1),
      labelNoise: share(0, 0.4),
      seed,
    }),
  ),
  pinned: fc.nat(10_000),
});

const USUAL: Setup = {
  settings: DEFAULT_HYPERPARAMETERS,
  split: { seed: 7, validationShare: 0.2, testShare: 0 },
  fit: 'crop',
  backboneId: 'headstart-v2-050',
  sampleSet: DEFAULT_SAMPLE_SETTINGS,
  pinned: 0,
};
const packed = (value: unknown): string =>
  Buffer.from(deflateSync(strToU8(JSON.stringify(value)))).toString('base64url');
const asJson = (change: object): string => packed({ version: 1, ...USUAL, ...change });

describe('a set-up as a link', () => {
  it('comes back exactly, from characters that any address may have', () => {
    fc.assert(
      fc.property(setups, (setup) => {
        const text = encodeSetup(setup);
        expect(text).toMatch(/^[\w-]+$/);
        expect(text.length).toBeLessThan(MAX_SETUP_CHARACTERS);
        expect(decodeSetup(text)).toEqual({ status: 'read', setup, defaulted: [] });
      }),
    );
  });

  it('is short enough for a QR code that a camera reads from a screen', () => {
    // Version 25 at level M holds 997 bytes.
    expect(encodeSetup(USUAL).length).toBeLessThan(800);
  });

  it('takes knobs that came later as their defaults, and names them', () => {
    const { seed: _seed, dropout: _dropout, ...older } = DEFAULT_HYPERPARAMETERS;
    expect(decodeSetup(asJson({ settings: older }))).toMatchObject({
      status: 'read',
      setup: { settings: DEFAULT_HYPERPARAMETERS },
      defaulted: ['dropout', 'seed'],
    });
  });

  it('takes a link made before pins were counted as one without', () => {
    const { pinned: _pinned, ...older } = USUAL;
    expect(decodeSetup(packed({ version: 1, ...older }))).toMatchObject({
      status: 'read',
      setup: { pinned: 0 },
    });
    expect(decodeSetup(asJson({ pinned: -1 }))).toMatchObject({
      code: 'out-of-range',
      problems: [{ field: 'pinned', value: '-1' }],
    });
  });

  it('names every value out of range, with what stood there', () => {
    const reading = decodeSetup(
      asJson({
        settings: { ...DEFAULT_HYPERPARAMETERS, learningRate: 1e9, epochs: '50' },
        split: { seed: -1, validationShare: 0.9, testShare: 0 },
        sampleSet: { ...DEFAULT_SAMPLE_SETTINGS, theme: 'cars', photosPerClass: 1e6 },
      }),
    );
    if (reading.status === 'read') throw new Error('taken');
    expect(reading.code).toBe('out-of-range');
    expect(reading.problems).toEqual(
      expect.arrayContaining([
        { field: 'settings.learningRate', value: '1000000000' },
        { field: 'settings.epochs', value: '"50"' },
        { field: 'split.seed', value: '-1' },
        { field: 'split.validationShare', value: '0.9' },
        { field: 'sampleSet.theme', value: '"cars"' },
        { field: 'sampleSet.photosPerClass', value: '1000000' },
      ]),
    );
    expect(reading.problems).toHaveLength(6);
  });

  it('refuses what is too long, newer or nothing of ours', () => {
    const code = (text: string): unknown => {
      const reading = decodeSetup(text);
      return reading.status === 'refused' ? reading.code : 'taken';
    };
    expect(code('a'.repeat(MAX_SETUP_CHARACTERS + 1))).toBe('too-long');
    expect(code(asJson({ version: 2 }))).toBe('from-the-future');
    expect(code(asJson({ version: 'x' }))).toBe('damaged');
    expect(code('')).toBe('damaged');
    expect(code(packed(null))).toBe('damaged');
    expect(code(packed([1, 2]))).toBe('damaged');
    expect(code(asJson({ backboneId: '<script>' }))).toBe('out-of-range');
    expect(code(asJson({ split: null }))).toBe('out-of-range');
  });

  it('never throws, whatever stands there', () => {
    const good = encodeSetup(USUAL);
    const damaged = fc
      .tuple(fc.nat(good.length - 1), fc.string({ maxLength: 3 }))
      .map(([at, text]) => good.slice(0, at) + text + good.slice(at + text.length));
    const text = fc.oneof(
      fc.string(),
      fc.base64String(),
      damaged,
      fc.json().map((json) => packed(json)),
    );
    const anything = fc.oneof(
      text,
      fc.anything().map((value) => packed({ version: 1, ...USUAL, settings: value ?? null })),
      fc.object().map((value) => packed({ version: 1, ...value })),
    );
    fc.assert(
      fc.property(anything, (given) => {
        const reading = decodeSetup(given);
        // Only a text that means the same may be taken.
        if (reading.status === 'read')
          expect(decodeSetup(encodeSetup(reading.setup)).status).toBe('read');
      }),
      { numRuns: 500 },
    );
  });
});
