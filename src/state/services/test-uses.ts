/** Counts how many runs were judged on the very same test photos: each look is a chance to choose by luck. */
import { sha256Hex } from '../../domain/sha256.ts';
import type { PhotoId } from '../../domain/photo.ts';
import type { RunId } from '../../domain/run.ts';
import type { SliceTools } from '../slice-tools.ts';

interface Uses {
  /** Hash over the test photos. */
  readonly photos: string;
  readonly runIds: readonly RunId[];
}

function isUses(value: unknown): value is Uses {
  if (typeof value !== 'object' || value === null) return false;
  const { photos, runIds } = value as Partial<Record<keyof Uses, unknown>>;
  return typeof photos === 'string' && Array.isArray(runIds);
}

/** Runs so far, this one included. Other test photos start anew. */
export async function countTestUse(
  { get, services: { storage } }: Pick<SliceTools, 'get' | 'services'>,
  runId: RunId,
  photoIds: readonly PhotoId[],
): Promise<number> {
  const key = `test-uses:${get().projectId}`;
  const stored = await storage.getSetting(key).catch(() => undefined);
  const photos = sha256Hex(new TextEncoder().encode([...photoIds].sort().join('\n')));
  const before = isUses(stored) && stored.photos === photos ? stored.runIds : [];
  const runIds = [...new Set([...before, runId])];
  await storage.putSetting(key, { photos, runIds }).catch(() => undefined);
  return runIds.length;
}
