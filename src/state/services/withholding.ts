/** Whether the model shall say nothing about one photo, by how sure and how familiar it is. */
import type { Run } from '../../domain/run.ts';
import { withheldBy } from '../../domain/said-or-not.ts';
import type { SliceTools } from '../slice-tools.ts';
import type { Prediction } from '../store-types.ts';
import type { Familiarity } from './familiarity.ts';
import { answerLimits } from './model-export/answer-limits.ts';

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

  return {
    why(run, embedding, probabilities) {
      const limit = limitOf(run);
      if (limit !== null) {
        loading ??= load();
        const strangeness = familiarity?.strangenessOf(run, embedding) ?? null;
        if (strangeness !== null && strangeness > limit) return 'unfamiliar';
      }
      return withheldBy(answerLimits(get(), run), probabilities);
    },
    async ready(run) {
      if (limitOf(run) === null) return;
      await (loading ??= load());
      await familiarity?.ready(run);
    },
  };
}
