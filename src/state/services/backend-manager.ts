/** Which backend runs what: the survey, the person's override, and the choice that follows. */
import { chooseBackends, fallbackOrder } from '../../domain/backend-choice.ts';
import {
  BACKEND_NAMES,
  type BackendChoice,
  type BackendName,
  type BackendSurvey,
} from '../../domain/backend.ts';
import type { StoreAccess } from '../slice-tools.ts';
import type { EngineSlice } from '../store-types.ts';
import type { AppServices } from './app-services.ts';
import type { BackboneManager } from './backbone-manager.ts';
import { readSurvey } from './backend-memory.ts';
import type { Embedder } from './embedder.ts';

type Override = EngineSlice['backends']['override'];

export interface BackendManager {
  /** Opens the remembered (or default) backends. */
  start(override: Override): Promise<void>;
  override(workload: 'embedding' | 'head', backend: BackendName | 'auto'): Promise<void>;
  /** Measures every backend with the loaded backbone and takes the fastest right one. */
  survey(): Promise<void>;
  /** Ends the survey under way; what was known before it stays. */
  cancelSurvey(): void;
  /** Nothing is known about this device yet and something is left to choose. */
  needsSurvey(): boolean;
}

const SURVEY_TIMEOUT_MS = 12_000;

export function createBackendManager({
  get,
  set,
  services,
  backbones,
  embedder,
}: StoreAccess & {
  services: AppServices;
  backbones: BackboneManager;
  embedder: Embedder;
}): BackendManager {
  const { engine, storage } = services;
  let survey: BackendSurvey | null = null;
  let surveying: AbortController | null = null;

  function patch(backends: Partial<EngineSlice['backends']>): void {
    set({ backends: { ...get().backends, ...backends } });
  }

  async function applyChoice(): Promise<void> {
    const { override, inUse } = get().backends;
    const wanted = chooseBackends({ reports: survey?.reports ?? [], override, current: inUse });
    if (inUse?.embedding === wanted.embedding && inUse.head === wanted.head) return;
    const opened = await engine.useBackends(wanted, fallbackOrder(survey?.reports ?? []));
    patch({ inUse: opened });
    for (const role of ['embedding', 'head'] as const) tellIfRefused(role, override[role], opened);
  }

  /** A backend that a person asked for and did not get is worth a sentence. */
  function tellIfRefused(
    role: 'embedding' | 'head',
    asked: BackendName | 'auto',
    opened: BackendChoice,
  ): void {
    if (asked === 'auto' || opened[role] === asked) return;
    const params = { role, from: asked, to: opened[role] };
    get().notify({ tone: 'warning', messageKey: 'shell.backend-refused', params });
  }

  return {
    async start(override) {
      survey = await readSurvey(storage, services.appVersion);
      patch({ reports: survey?.reports ?? [], override });
      await applyChoice();
    },
    async override(workload, backend) {
      const override = { ...get().backends.override, [workload]: backend };
      patch({ override });
      await storage.putSetting('backend-override', override).catch(() => undefined);
      await applyChoice();
    },
    async survey() {
      const loaded = backbones.loaded();
      if (loaded === null || surveying !== null) return;
      const cancel = new AbortController();
      surveying = cancel;
      patch({ reports: [], surveying: BACKEND_NAMES[0] });
      try {
        const reports = await engine.surveyBackends(
          {
            candidates: BACKEND_NAMES,
            card: loaded.card,
            artifacts: loaded.artifacts,
            timeoutMs: SURVEY_TIMEOUT_MS,
            onReport: (report) => {
              const done = [...get().backends.reports, report];
              const next = BACKEND_NAMES.find((name) => !done.some((r) => r.backend === name));
              patch({ reports: done, surveying: next ?? null });
            },
          },
          cancel.signal,
        );
        survey = {
          measuredAt: services.now(),
          measuredWith: loaded.card.id,
          appVersion: services.appVersion,
          reports,
        };
        await storage.putSetting('backend-survey', survey).catch(() => undefined);
        await applyChoice();
        void embedder.ensure();
      } catch (error) {
        patch({ reports: survey?.reports ?? [] });
        // Cancelled: an expected end.
        if (!cancel.signal.aborted) throw error;
      } finally {
        surveying = null;
        patch({ surveying: null });
      }
    },
    cancelSurvey() {
      surveying?.abort();
    },
    needsSurvey() {
      const { override } = get().backends;
      return survey === null && (override.embedding === 'auto' || override.head === 'auto');
    },
  };
}
