/** Photos coming in: drops, sample sets, progress, cancel, and what came of it. */
import { planSampleSet } from '../../domain/sample-plan.ts';
import { createIntakeRunner } from '../services/intake-runner.ts';
import type { IntakeItem } from '../services/prepare-item.ts';
import type { SliceTools } from '../slice-tools.ts';
import type { IntakeSlice } from '../store-types.ts';

export function createIntakeSlice(tools: SliceTools): IntakeSlice {
  const { set, services, embedder } = tools;
  const runner = createIntakeRunner(tools);
  return {
    intake: null,
    intakeReport: null,
    embedding: null,
    unembedded: 0,
    addFiles(files, target, origin, burstId) {
      const items = files.map(({ file, name, folder }): IntakeItem => ({
        name,
        folder,
        open: () => Promise.resolve(file),
      }));
      const where = burstId === undefined ? { kind: origin } : { kind: origin, burstId };
      // Folders are one thing: cancelled half-way, nothing of them stays.
      const isWhole = target.kind === 'by-folder' && files.some(({ folder }) => folder !== null);
      return runner.run({ items, target, origin: where, isWhole });
    },
    addPictures(pictures, origin) {
      const target = { kind: 'by-folder', loose: null } as const;
      return runner.run({ items: pictures, target, origin: { kind: origin }, isWhole: true });
    },
    addSampleSet(settings, classNames) {
      const numbers = new Map<number, number>();
      const items = planSampleSet(settings).map(({ request, labelClass }): IntakeItem => {
        const number = (numbers.get(labelClass) ?? 0) + 1;
        numbers.set(labelClass, number);
        return {
          // Named by label, not by what is drawn: a wrong label must not be given away.
          name: `${settings.theme}-${String(labelClass + 1)}-${String(number).padStart(3, '0')}.jpg`,
          folder: classNames[labelClass] ?? null,
          open: (signal) => services.engine.drawSample(request, signal),
        };
      });
      return runner.run({
        items,
        target: { kind: 'by-folder', loose: null },
        origin: { kind: 'sample', sampleSet: settings },
      });
    },
    cancelIntake: () => {
      runner.cancel();
    },
    dismissIntakeReport() {
      set({ intakeReport: null });
    },
    cancelEmbedding: () => {
      embedder.cancel();
    },
    resumeEmbedding() {
      void embedder.resume();
    },
  };
}
