/** Whether the model shall say nothing about one photo, by how sure and how familiar it is. */
import { isBelowThreshold } from '../../domain/try-settings.ts';
import type { Run } from '../../domain/run.ts';
import type { SliceTools } from '../slice-tools.ts';
import type { Prediction } from '../store-types.ts';
import type { Familiarity } from './familiarity.ts';

export interface Withholding {
  /** At once, by what is at hand; when the training photos have been read, the answer is given again. */
  why(run: Run, embedding: Float32Array, probabilities: readonly number[]): Prediction['withheld'];
  /** Resolves when nothing is left to be read. */
  ready(run: Run): Promise<void>;
}

export function createWithholding(tools: Pick<SliceTools, 'get' | 'embedder'>): Withholding {
  const { get } = tools;
  let familiarity: Familiarity | null = null;
  let loading: Promise<void> | null = null;

  async function load(): Promise<void> {
    const { createFamiliarity } = await import('./familiarity.ts');
    familiarity = createFamiliarity(tools);
    get().answerAgain();
  }

  /** Null: how strange a photo is does not matter now. */
  function limitOf(run: Run): number | null {
    const { isOn, withDistance, suggested } = get().abstention;
    if (!isOn || !withDistance || suggested?.runId !== run.id) return null;
    return suggested.strangenessLimit;
  }

  function isUnsure(run: Run, confidence: number): boolean {
    const { isOn, confidenceFloor, suggested } = get().abstention;
    const own = suggested?.runId === run.id ? suggested.confidenceFloor : 0;
    return isOn && confidence < (confidenceFloor ?? own);
  }

  return {
    why(run, embedding, probabilities) {
      const limit = limitOf(run);
      if (limit !== null) {
        loading ??= load();
        const strangeness = familiarity?.strangenessOf(run, embedding) ?? null;
        if (strangeness !== null && strangeness > limit) return 'unfamiliar';
      }
      if (isUnsure(run, Math.max(...probabilities))) return 'unsure';
      const { thresholds } = get().trySettings;
      return isBelowThreshold(probabilities, run.classes, thresholds) ? 'below' : null;
    },
    async ready(run) {
      if (limitOf(run) === null) return;
      await (loading ??= load());
      await familiarity?.ready(run);
    },
  };
}
