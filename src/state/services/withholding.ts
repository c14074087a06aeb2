/** Whether the model shall say "I don't know" about one photo, by how sure and how familiar it is. */
import type { Run } from '../../domain/run.ts';
import type { SliceTools } from '../slice-tools.ts';
import type { Prediction } from '../store-types.ts';
import type { Familiarity } from './familiarity.ts';

export type Withholding = (
  run: Run,
  embedding: Float32Array,
  confidence: number,
) => Prediction['withheld'];

/** At once, by what is at hand; when the training photos have been read, the answer is given again. */
export function createWithholding(tools: SliceTools): Withholding {
  let familiarity: Familiarity | null = null;
  let isLoading = false;

  async function load(): Promise<void> {
    isLoading = true;
    const { createFamiliarity } = await import('./familiarity.ts');
    familiarity = createFamiliarity(tools);
    tools.get().answerAgain();
  }

  return (run, embedding, confidence) => {
    const { isOn, confidenceFloor, withDistance, suggested } = tools.get().abstention;
    if (!isOn) return null;
    const own = suggested?.runId === run.id ? suggested : null;
    const limit = own?.strangenessLimit ?? null;
    if (withDistance && limit !== null) {
      if (!isLoading) void load();
      const strangeness = familiarity?.strangenessOf(run, embedding) ?? null;
      if (strangeness !== null && strangeness > limit) return 'unfamiliar';
    }
    const floor = confidenceFloor ?? own?.confidenceFloor ?? 0;
    return confidence < floor ? 'unsure' : null;
  };
}
