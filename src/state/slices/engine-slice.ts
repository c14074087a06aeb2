/** Backbones and backends: what there is, what is in use, what was measured. */
import type { SliceTools } from '../slice-tools.ts';
import type { EngineSlice } from '../store-types.ts';

export function createEngineSlice({ backbones, backends }: SliceTools): EngineSlice {
  return {
    backbones: [],
    backboneStatus: { kind: 'none' },
    availableBackbones: new Set(),
    partialBackbones: new Set(),
    download: null,
    backends: {
      inUse: null,
      override: { embedding: 'auto', head: 'auto' },
      reports: [],
      surveying: null,
    },
    canvasTampered: false,
    chooseBackbone: (id) => backbones.load(id),
    downloadBackbone: (id) => backbones.download(id),
    cancelDownload: () => {
      backbones.cancelDownload();
    },
    removeBackbone: (id) => backbones.remove(id),
    overrideBackend: (workload, backend) => backends.override(workload, backend),
    surveyBackends: () => backends.survey(),
    cancelSurvey: () => {
      backends.cancelSurvey();
    },
  };
}
