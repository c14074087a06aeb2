/** Projects and runs for tests. */
import type { HeadWeights } from '../domain/head.ts';
import { DEFAULT_HYPERPARAMETERS } from '../domain/hyperparameter-specs.ts';
import type { Project } from '../domain/project.ts';
import type { Run } from '../domain/run.ts';

export function buildProject(id: string, change: Partial<Project> = {}): Project {
  return {
    id,
    name: `Project ${id}`,
    createdAt: 1_700_000_000_000,
    usedAt: 1_700_000_000_000,
    classes: [
      { id: 'class-a', name: 'Ants', colorIndex: 0 },
      { id: 'class-b', name: 'Bees', colorIndex: 1 },
    ],
    split: { seed: 7, validationShare: 0.2, testShare: 0 },
    fit: 'crop',
    backboneId: 'headstart-v2-050',
    hyperparameters: DEFAULT_HYPERPARAMETERS,
    ...change,
  };
}

/** A linear head whose numbers are awkward on purpose. */
export function buildHead(inputDim = 3, classCount = 2): HeadWeights {
  const awkward = [-0, 1e-45, Math.fround(0.1), Math.PI, -3.4e38, 0];
  const fill = (n: number) => Float32Array.from({ length: n }, (_, i) => awkward[i % 6] ?? 0);
  return {
    inputDim,
    hiddenUnits: 0,
    classCount,
    standardisation: { mean: fill(inputDim), scale: fill(inputDim) },
    hiddenKernel: null,
    hiddenBias: null,
    outputKernel: fill(inputDim * classCount),
    outputBias: fill(classCount),
  };
}

export function buildRun(id: string, projectId: string, change: Partial<Run> = {}): Run {
  return {
    id,
    projectId,
    name: `Run ${id}`,
    pinned: false,
    startedAt: 1_700_000_000_000,
    end: 'completed',
    hyperparameters: DEFAULT_HYPERPARAMETERS,
    classes: buildProject(projectId).classes,
    fit: 'crop',
    backboneId: 'headstart-v2-050',
    backboneSha256: 'b'.repeat(64),
    backend: 'wasm',
    appVersion: '0.1.0',
    dataFingerprint: 'd'.repeat(64),
    trainIds: ['p1', 'p2'],
    validationIds: ['p3'],
    metrics: [
      {
        epoch: 1,
        trainLoss: 0.5,
        trainAccuracy: 0.75,
        validationLoss: null,
        validationAccuracy: null,
        learningRate: 0.01,
        elapsedMs: 12.5,
      },
    ],
    bestEpoch: 1,
    stoppedEpoch: null,
    elapsedMs: 12.5,
    head: buildHead(),
    ...change,
  };
}
