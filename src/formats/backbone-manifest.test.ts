import { describe, expect, it } from 'vitest';
import { BACKBONE_CATALOGUE } from '../domain/backbone-catalogue.ts';
import {
  BACKBONE_ID_PATTERN,
  MAX_MANIFEST_CHARS,
  parseBackboneIndex,
  parseBackboneManifest,
} from './backbone-manifest.ts';

const good = {
  id: 'school-net',
  name: 'School net',
  format: 'mobilenet',
  mobilenet: { version: 2, alpha: 1 },
  source: { kind: 'self-hosted', modelUrl: 'models/school-net/model.json', publisher: 'A school' },
  licence: 'Apache-2.0',
  totalBytes: 110,
  files: [
    { path: 'model.json', bytes: 10, sha256: null },
    { path: 'group1-shard1of1.bin', bytes: 100, sha256: 'a'.repeat(64) },
  ],
  inputSize: 224,
  inputRange: [0, 1],
  embedding: { node: 'a/b', width: 1280, pool: false },
  featureMap: { node: 'a/c', side: 7 },
  multiplyAddsM: 300,
  golden: { input: 'sine', first: [0, 0.5], sum: 12.5, tolerance: 0.02 },
  summaryKey: 'backbone.summary.school-net',
};

describe('a backbone manifest', () => {
  it('is taken as an object or as text', () => {
    expect(parseBackboneManifest(good)).toEqual({ ok: true, card: good });
    expect(parseBackboneManifest(JSON.stringify(good), 'school-net').ok).toBe(true);
  });

  it('loses fields it does not know', () => {
    const parsed = parseBackboneManifest({ ...good, extra: 1 });
    expect(parsed).toEqual({ ok: true, card: good });
  });

  it('may do without the optional parts', () => {
    const { mobilenet: _mobilenet, ...rest } = good;
    const plain = { ...rest, format: 'graph', featureMap: null, golden: null, inputSize: 96 };
    expect(parseBackboneManifest(plain)).toEqual({ ok: true, card: plain });
  });

  it.each<[string, unknown, string]>([
    ['not JSON', '{', ''],
    ['nothing', null, ''],
    ['an id with a path in it', { ...good, id: '../evil' }, 'id'],
    ['an id with capitals', { ...good, id: 'School' }, 'id'],
    ['an unknown format', { ...good, format: 'onnx' }, 'format'],
    ['a mobilenet without its entry', { ...good, mobilenet: undefined }, 'mobilenet'],
    ['a mobilenet of 160 pixels', { ...good, inputSize: 160 }, 'inputSize'],
    ['a range upside down', { ...good, inputRange: [1, 0] }, 'inputRange'],
    ['a sum that is wrong', { ...good, totalBytes: 111 }, 'totalBytes'],
    ['too many bytes', { ...good, totalBytes: 1e12 }, 'totalBytes'],
    ['a fraction of bytes', { ...good, totalBytes: 1.5 }, 'totalBytes'],
    [
      'a golden tolerance of 0',
      { ...good, golden: { ...good.golden, tolerance: 0 } },
      'golden.tolerance',
    ],
    ['model.json not first', { ...good, files: [...good.files].reverse() }, 'files'],
    [
      'a hash that is none',
      { ...good, files: [good.files[0], { ...good.files[1], sha256: 'abc' }] },
      'files.1.sha256',
    ],
    [
      'a script as address',
      { ...good, source: { ...good.source, modelUrl: 'javascript:x/model.json' } },
      'source.modelUrl',
    ],
    [
      'a folder above',
      { ...good, source: { ...good.source, modelUrl: 'models/../../model.json' } },
      'source.modelUrl',
    ],
    [
      'another host without saying so',
      { ...good, source: { ...good.source, modelUrl: '//host/model.json' } },
      'source.modelUrl',
    ],
  ])('is refused with %s', (_name, input, path) => {
    const parsed = parseBackboneManifest(input);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.problems.map((problem) => problem.path)).toContain(path);
  });

  it.each(['../model.bin', '/etc/passwd', 'a/../b', 'a//b', 'C:\\x', '.hidden', 'a/.b', ''])(
    'is refused with the file path %j',
    (path) => {
      const files = [good.files[0], { path, bytes: 100, sha256: null }];
      const parsed = parseBackboneManifest({ ...good, files });
      expect(parsed.ok).toBe(false);
    },
  );

  it('is refused under another folder name', () => {
    const parsed = parseBackboneManifest(good, 'other');
    expect(parsed).toMatchObject({ ok: false, problems: [{ path: 'id' }] });
  });

  it('is not even parsed when it is too long', () => {
    const parsed = parseBackboneManifest(' '.repeat(MAX_MANIFEST_CHARS + 1));
    expect(parsed).toMatchObject({ ok: false, problems: [{ path: '' }] });
  });
});

describe('the index of backbones', () => {
  it('is a list of ids', () => {
    expect(parseBackboneIndex('{"ids": ["a", "b-1.0"]}')).toEqual({
      ok: true,
      ids: ['a', 'b-1.0'],
    });
  });

  it.each(['[]', '{"ids": ["a", "a"]}', '{"ids": ["../a"]}', '{"ids": [1]}', '<!doctype html>'])(
    'is refused as %s',
    (text) => {
      expect(parseBackboneIndex(text).ok).toBe(false);
    },
  );
});

describe('the catalogue of downloads', () => {
  it.each(BACKBONE_CATALOGUE.map((card) => [card.id, card] as const))(
    '%s is a valid card',
    (id, card) => {
      expect(parseBackboneManifest(card, id)).toEqual({ ok: true, card });
      expect(BACKBONE_ID_PATTERN.test(id)).toBe(true);
      expect(card.source.kind).toBe('download');
      expect(card.summaryKey).toBe(`backbone.summary.${id}`);
    },
  );

  it.each([
    // Parameter counts of Keras Applications' MobileNet v1 with its classifier.
    ['mobilenet-v1-025-224', 475_544],
    ['mobilenet-v1-050-224', 1_342_536],
    ['mobilenet-v1-075-224', 2_601_976],
  ])('%s has files for every number', (id, parameters) => {
    const files = BACKBONE_CATALOGUE.find((card) => card.id === id)?.files.slice(1) ?? [];
    expect(files.length).toBe(55);
    expect(files.reduce((sum, file) => sum + file.bytes, 0)).toBe(4 * parameters);
  });

  it('goes through @tensorflow-models/mobilenet with its range at least once', () => {
    const cards = BACKBONE_CATALOGUE.filter((card) => card.format === 'mobilenet');
    expect(cards.length).toBeGreaterThan(0);
    for (const card of cards) expect(card.inputRange).toEqual([0, 1]);
  });

  it('has no id twice', () => {
    const ids = BACKBONE_CATALOGUE.map((card) => card.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
