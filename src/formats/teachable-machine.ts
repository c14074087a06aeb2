/**
 * Project files of Teachable Machine (`.tm`): a zip of 224 x 224 JPEGs named
 * "<label>-!-<index>.jpg", stored, and a manifest at the end. The format is not documented; this is
 * what files of versions 2.4.5 (2022) to 2.4.10 (2026) hold. Labels and their order are only in the
 * names and in the order of the entries.
 */
import { z } from 'zod';
import { ArchiveError } from './archive-error.ts';

export const SAMPLE_SIDE_PX = 224;
export const MANIFEST_NAME = 'manifest.json';
const MARK = '-!-';

/** The last mark counts: a label may hold one itself. Null when this is no sample's name. */
export function parseSampleName(name: string): { label: string; index: number } | null {
  const at = name.lastIndexOf(MARK);
  if (at <= 0) return null;
  const index = /^(\d{1,9})\.[a-z]+$/i.exec(name.slice(at + MARK.length))?.[1];
  return index === undefined ? null : { label: name.slice(0, at), index: Number(index) };
}

export function sampleName(label: string, index: number): string {
  return `${label}${MARK}${String(index)}.jpg`;
}

export function manifestText(): string {
  return JSON.stringify({
    type: 'image',
    version: '2.4.10',
    appdata: {
      publishResults: {},
      trainEpochs: 50,
      trainBatchSize: 16,
      trainLearningRate: 0.001,
    },
  });
}

const manifestSchema = z.object({ type: z.string().max(100) });

/** Throws ArchiveError 'not-image-project' for projects of sounds and poses; others pass. */
export function checkManifest(text: string): void {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return; // the names of the samples say all that is needed
  }
  const manifest = manifestSchema.safeParse(content);
  if (manifest.success && ['audio', 'pose'].includes(manifest.data.type)) {
    throw new ArchiveError('not-image-project', { type: manifest.data.type });
  }
}
