/**
 * What a project was tried with last, kept on this device under the project's id. It is no part of
 * the project itself: another device has another camera.
 */
import { readTrySettings } from '../../domain/try-settings.ts';
import type { SliceTools } from '../slice-tools.ts';

type Tools = Pick<SliceTools, 'get' | 'set' | 'services'>;

const keyOf = (projectId: string): string => `try ${projectId}`;

export async function loadTrySettings({ get, set, services }: Tools): Promise<void> {
  const { projectId } = get();
  const stored = await services.storage.getSetting(keyOf(projectId)).catch(() => undefined);
  if (get().projectId === projectId) set({ trySettings: readTrySettings(stored) });
}

/** A storage that is full or read-only must not keep anybody from trying. */
export async function saveTrySettings({ get, services }: Tools): Promise<void> {
  const { projectId, trySettings } = get();
  await services.storage.putSetting(keyOf(projectId), trySettings).catch(() => undefined);
}
