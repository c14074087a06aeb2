/** Keeps with the project when its model says "I don't know". */
import { isRecord } from '../../domain/is-record.ts';
import type { AbstentionSettings } from '../evaluation-state.ts';
import type { SliceTools } from '../slice-tools.ts';

type Tools = Pick<SliceTools, 'get' | 'set' | 'services'>;

function keyOf(projectId: string): string {
  return `abstention:${projectId}`;
}

/** A storage that is full only means that it is forgotten at the next start. */
export async function keepAbstention({ get, services }: Omit<Tools, 'set'>): Promise<void> {
  const { abstention, projectId, tab } = get();
  if (tab.role !== 'writer') return;
  await services.storage.putSetting(keyOf(projectId), abstention).catch(() => undefined);
}

/** Into the store, unless somebody has moved the dial meanwhile. */
export async function restoreAbstention({ get, set, services }: Tools): Promise<void> {
  const before = get().abstention;
  const stored = await services.storage.getSetting(keyOf(get().projectId)).catch(() => undefined);
  const { suggested } = get().abstention;
  if (!isSettings(stored) || get().abstention.isOn !== before.isOn) return;
  // What a judgement has found meanwhile is newer.
  set({ abstention: { ...stored, suggested: suggested ?? stored.suggested } });
  get().answerAgain();
}

function isSettings(value: unknown): value is AbstentionSettings {
  if (!isRecord(value)) return false;
  const settings: Partial<Record<keyof AbstentionSettings, unknown>> = value;
  const { isOn, confidenceFloor, withDistance, suggested } = settings;
  return (
    typeof isOn === 'boolean' &&
    typeof withDistance === 'boolean' &&
    isShareOrNull(confidenceFloor) &&
    (suggested === null || isSuggestion(suggested))
  );
}

function isShareOrNull(value: unknown): boolean {
  return value === null || (typeof value === 'number' && value >= 0 && value <= 1);
}

function isSuggestion(value: unknown): boolean {
  if (!isRecord(value)) return false;
  const { runId, confidenceFloor, strangenessLimit } = value;
  return (
    typeof runId === 'string' &&
    typeof confidenceFloor === 'number' &&
    isShareOrNull(confidenceFloor) &&
    (strangenessLimit === null || typeof strangenessLimit === 'number')
  );
}
