/** The time machine's place on the curve, and whether settings retrain at once. */
import { nearestKeptEpoch } from '../../domain/head-history.ts';
import type { SliceTools } from '../slice-tools.ts';
import type { LabSlice } from '../store-types.ts';

/** The whole curve in about this time, but no step shorter than a glance and none that drags. */
const PLAY_MS = 6_000;
const SHORTEST_STEP_MS = 80;
const LONGEST_STEP_MS = 400;

export function createLabSlice({ get, set }: SliceTools): LabSlice {
  let timer: ReturnType<typeof setTimeout> | null = null;

  function patch(lab: Partial<LabSlice['lab']>): void {
    set({ lab: { ...get().lab, ...lab } });
  }

  function pause(): void {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (get().lab.isPlaying) patch({ isPlaying: false });
  }

  function playOn(stride: number, stepMs: number): void {
    timer = setTimeout(() => {
      const { keptEpochs, chosenEpoch, isPlaying } = get().lab;
      const last = keptEpochs.length - 1;
      const at = chosenEpoch === null ? -1 : keptEpochs.indexOf(chosenEpoch);
      // A new run has taken the place of the one that was played.
      if (!isPlaying || at === -1) {
        pause();
        return;
      }
      const next = Math.min(last, at + stride);
      patch({ chosenEpoch: keptEpochs[next] ?? null });
      if (next >= last) pause();
      else playOn(stride, stepMs);
    }, stepMs);
  }

  return {
    lab: {
      keptEpochs: [],
      ruleEpoch: null,
      chosenEpoch: null,
      isPlaying: false,
      validation: 'none',
      validationRevision: 0,
      liveRetrain: false,
    },
    chooseEpoch(epoch) {
      pause();
      const chosenEpoch = epoch === null ? null : nearestKeptEpoch(get().lab.keptEpochs, epoch);
      if (chosenEpoch !== get().lab.chosenEpoch) patch({ chosenEpoch });
    },
    playTimeline() {
      pause();
      const { keptEpochs, chosenEpoch } = get().lab;
      const first = keptEpochs[0];
      if (first === undefined || keptEpochs.length < 2) return;
      const from = chosenEpoch === null || chosenEpoch === keptEpochs.at(-1) ? first : chosenEpoch;
      const stepMs = Math.min(
        LONGEST_STEP_MS,
        Math.max(SHORTEST_STEP_MS, PLAY_MS / keptEpochs.length),
      );
      const stride = Math.max(1, Math.round((keptEpochs.length * stepMs) / PLAY_MS));
      patch({ chosenEpoch: from, isPlaying: true });
      playOn(stride, stepMs);
    },
    pauseTimeline: pause,
    setLiveRetrain(isOn) {
      patch({ liveRetrain: isOn });
    },
  };
}
