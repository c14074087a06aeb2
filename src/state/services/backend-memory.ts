/** What is remembered about this device's backends. */
import { BACKEND_NAMES, type BackendSurvey } from '../../domain/backend.ts';
import { isRecord } from '../../domain/is-record.ts';
import type { Storage } from '../../storage/storage.ts';
import type { EngineSlice } from '../store-types.ts';

type Override = EngineSlice['backends']['override'];

/** A survey made by another version of the app is not trusted: kernels may have changed. */
export async function readSurvey(
  storage: Storage,
  appVersion: string,
): Promise<BackendSurvey | null> {
  const value = await storage.getSetting('backend-survey').catch(() => null);
  if (!isRecord(value) || value['appVersion'] !== appVersion) return null;
  return Array.isArray(value['reports']) ? (value as unknown as BackendSurvey) : null;
}

/** `requested` (from the address, `?backend=wasm`) wins over what is stored. */
export async function readOverride(storage: Storage, requested: string | null): Promise<Override> {
  const asked = BACKEND_NAMES.find((name) => name === requested);
  if (asked !== undefined) return { embedding: asked, head: asked };
  const value = await storage.getSetting('backend-override').catch(() => null);
  const stored = isRecord(value) ? value : {};
  const valid = (name: unknown) => BACKEND_NAMES.find((known) => known === name) ?? 'auto';
  return { embedding: valid(stored['embedding']), head: valid(stored['head']) };
}
