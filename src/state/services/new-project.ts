/** An empty project with the settings that every project begins with. */
import { DEFAULT_HYPERPARAMETERS } from '../../domain/hyperparameter-specs.ts';
import type { Project } from '../../domain/project.ts';
import type { AppServices } from './app-services.ts';
import { BUILT_IN_BACKBONE_ID } from './backbone-manager.ts';

const DEFAULT_SPLIT = { validationShare: 0.2, testShare: 0 } as const;

export function newProject(services: Pick<AppServices, 'newId' | 'now'>, name: string): Project {
  const now = services.now();
  return {
    id: services.newId(),
    name,
    createdAt: now,
    usedAt: now,
    classes: [],
    split: { ...DEFAULT_SPLIT, seed: now % 2 ** 31 },
    fit: 'crop',
    backboneId: BUILT_IN_BACKBONE_ID,
    hyperparameters: DEFAULT_HYPERPARAMETERS,
  };
}
