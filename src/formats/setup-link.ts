/**
 * A whole set-up without photos as a piece of an address: settings, split, fit, backbone, and how the
 * sample set was drawn if there is one. JSON, deflated, as base64url (docs/SETUP-LINK.md). Comes from
 * strangers, so every value is checked before anybody sees it.
 */
import { deflateSync, inflateSync, strFromU8, strToU8 } from 'fflate';
import { z } from 'zod';
import {
  DEFAULT_HYPERPARAMETERS,
  HYPERPARAMETER_KEYS,
  validateHyperparameters,
  type HyperparameterKey,
} from '../domain/hyperparameter-specs.ts';
import type { Hyperparameters } from '../domain/hyperparameters.ts';
import { isRecord } from '../domain/is-record.ts';
import type { FitMode } from '../domain/photo.ts';
import type { SplitSettings } from '../domain/project.ts';
import { SAMPLE_LIMITS, SAMPLE_THEMES, type SampleSetSettings } from '../domain/sample-set.ts';

export const SETUP_VERSION = 1;
/** Of the encoded text. A link of all settings has about 500. */
export const MAX_SETUP_CHARACTERS = 4000;

export interface Setup {
  readonly settings: Hyperparameters;
  readonly split: SplitSettings;
  readonly fit: FitMode;
  readonly backboneId: string;
  /** Null when the photos are not drawn ones; they are then never part of it. */
  readonly sampleSet: SampleSetSettings | null;
  /** How many photos somebody had put on a side by hand. Which ones is not part of the link. */
  readonly pinned: number;
}

export interface SetupProblem {
  /** Where it stands: `settings.learningRate`, `split.seed`, `sampleSet.theme`. */
  readonly field: string;
  /** What stands there, shortened; empty when nothing does. */
  readonly value: string;
}

export type SetupReading =
  /** `defaulted`: knobs that came after the link was made. */
  | {
      readonly status: 'read';
      readonly setup: Setup;
      readonly defaulted: readonly HyperparameterKey[];
    }
  | {
      readonly status: 'refused';
      readonly code: 'damaged' | 'too-long' | 'from-the-future' | 'out-of-range';
      readonly problems: readonly SetupProblem[];
    };

const MAX_SEED = 2 ** 32 - 1;
/** More than a project can hold. */
const MAX_PINNED = 1_000_000;
const seed = z.number().int().min(0).max(MAX_SEED);
const limited = ({ min, max }: { min: number; max: number }) => z.number().min(min).max(max);

const sampleSetSchema = z.object({
  theme: z.enum(SAMPLE_THEMES),
  // As many as the sample sets' own panel offers; drawing thousands takes minutes.
  photosPerClass: z.number().int().min(SAMPLE_LIMITS.photosPerClass.min).max(500),
  difficulty: limited(SAMPLE_LIMITS.difficulty),
  labelNoise: limited(SAMPLE_LIMITS.labelNoise),
  seed,
});

const schema = z.object({
  settings: z.record(z.string(), z.unknown()),
  split: z.object({
    seed,
    validationShare: z.number().min(0.05).max(0.5),
    testShare: z.number().min(0).max(0.4),
  }),
  fit: z.enum(['crop', 'pad', 'stretch']),
  backboneId: z.string().regex(/^[\w.-]{1,100}$/),
  sampleSet: sampleSetSchema.nullable(),
  // Links made before it was told have none.
  pinned: z.number().int().min(0).max(MAX_PINNED).default(0),
});

/** Photos of an imported project say what they like about where they come from. */
export function isSampleSet(value: unknown): value is SampleSetSettings {
  return sampleSetSchema.safeParse(value).success;
}

/** URL-safe text, without `#setup=`. */
export function encodeSetup(setup: Setup): string {
  const json = JSON.stringify({ version: SETUP_VERSION, ...setup });
  return toBase64Url(deflateSync(strToU8(json), { level: 9 }));
}

/** Never throws, whatever the text is. */
export function decodeSetup(text: string): SetupReading {
  if (text.length > MAX_SETUP_CHARACTERS) return refused('too-long');
  const value = parse(text);
  if (typeof value !== 'object' || value === null || !('version' in value))
    return refused('damaged');
  const { version } = value;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    return refused('damaged');
  }
  if (version > SETUP_VERSION) return refused('from-the-future');
  const shape = schema.safeParse(value);
  const problems: SetupProblem[] = shape.success
    ? []
    : shape.error.issues.map(({ path }) => problemAt(value, path.map(String)));
  const given = 'settings' in value && isRecord(value.settings) ? value.settings : {};
  const checkedSettings = validateHyperparameters({ ...DEFAULT_HYPERPARAMETERS, ...given });
  if (!checkedSettings.ok) {
    problems.push(
      ...checkedSettings.problems.map(({ key }) => problemAt(value, ['settings', key])),
    );
  }
  if (!shape.success || !checkedSettings.ok) return refused('out-of-range', problems);
  return {
    status: 'read',
    setup: { ...shape.data, settings: checkedSettings.value },
    defaulted: HYPERPARAMETER_KEYS.filter((key) => !Object.hasOwn(given, key)),
  };
}

function refused(
  code: Extract<SetupReading, { status: 'refused' }>['code'],
  problems: readonly SetupProblem[] = [],
): SetupReading {
  return { status: 'refused', code, problems };
}

const SHOWN_CHARACTERS = 40;

function problemAt(root: unknown, path: readonly string[]): SetupProblem {
  let at: unknown = root;
  for (const step of path) at = isRecord(at) && Object.hasOwn(at, step) ? at[step] : undefined;
  const value = at === undefined ? '' : JSON.stringify(at);
  return { field: path.join('.'), value: Array.from(value).slice(0, SHOWN_CHARACTERS).join('') };
}

/** Undefined for anything that is not deflated JSON in base64url. */
function parse(text: string): unknown {
  try {
    return JSON.parse(strFromU8(inflateSync(fromBase64Url(text))));
  } catch {
    return undefined;
  }
}

function toBase64Url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Throws on other characters. */
function fromBase64Url(text: string): Uint8Array {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
