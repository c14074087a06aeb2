/** How sure an answer has to be to be said, as the try-out panel has it now; exports carry it. */
import type { AnswerLimits } from '../../../domain/said-or-not.ts';
import type { Run } from '../../../domain/run.ts';
import type { AppState } from '../../store-types.ts';

type Settings = Pick<AppState, 'abstention' | 'trySettings'>;

export function answerLimits({ abstention, trySettings }: Settings, run: Run): AnswerLimits {
  const { isOn, confidenceFloor, suggested } = abstention;
  const own = suggested?.runId === run.id ? suggested.confidenceFloor : null;
  const thresholds = run.classes.map(({ id }) => trySettings.thresholds[id] ?? 0);
  return {
    abstainBelow: isOn ? (confidenceFloor ?? own) : null,
    thresholds: thresholds.some((threshold) => threshold > 0) ? thresholds : null,
  };
}

/** As text, to tell whether an export that lies ready still answers as the screen does. */
export function limitsKey({ abstainBelow, thresholds }: AnswerLimits): string {
  return JSON.stringify([abstainBelow, thresholds]);
}
