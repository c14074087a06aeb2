/**
 * `model/run`: opens an exported model from its bytes, as a stranger would, and asks it about
 * pictures. Nothing of the loaded backbone is used.
 */
import { tensor4d, tidy, type io, type Tensor } from '@tensorflow/tfjs-core';
import type { EngineEvent, EngineRequestMap } from '../../protocol/engine-messages.ts';
import { EngineError } from '../../protocol/errors.ts';
import { toErrorData, type Handlers } from '../dispatch.ts';
import type { EngineSession } from '../backend/engine-session.ts';
import { createPackedRunner } from './packed-runner.ts';

type ModelRunRequests = Pick<EngineRequestMap, 'model/run'>;
type Request = ModelRunRequests['model/run']['in'];

export function createModelRunService(
  session: EngineSession,
): Handlers<ModelRunRequests, EngineEvent> {
  return {
    'model/run': async (request) => {
      session.requireBackend();
      try {
        const probabilities =
          request.model.kind === 'layers' ? await runLayers(request) : await runPacked(request);
        return { probabilities };
      } catch (error) {
        const { code, message } = toErrorData(error);
        if (code === 'out-of-memory') throw new EngineError({ code, message });
        throw new EngineError({ code: 'bad-request', message: message.slice(0, 300) });
      }
    },
  };
}

async function runPacked({ model, pixels, count }: Request): Promise<Float32Array> {
  if (model.kind !== 'packed') throw new Error('not a packed network');
  const runner = createPackedRunner(model.network, model.numbers);
  try {
    return await runner.run(pixels, count);
  } finally {
    runner.dispose();
  }
}

interface ModelJson {
  readonly modelTopology: object;
  readonly weightsManifest: readonly { readonly weights: readonly io.WeightsManifestEntry[] }[];
}

async function runLayers({ model, pixels, count }: Request): Promise<Float32Array> {
  if (model.kind !== 'layers') throw new Error('not a layers model');
  const { loadLayersModel } = await import('@tensorflow/tfjs-layers');
  const { modelTopology, weightsManifest } = model.modelJson as ModelJson;
  const loaded = await loadLayersModel({
    load: () =>
      Promise.resolve({
        modelTopology,
        weightSpecs: weightsManifest.flatMap((group) => [...group.weights]),
        weightData: model.weights,
      }),
  });
  const { divide, subtract, size } = model.input;
  try {
    const output = tidy(() => {
      const values = Float32Array.from(pixels, (pixel) => pixel / divide - subtract);
      return loaded.predict(tensor4d(values, [count, size, size, 3])) as Tensor;
    });
    const probabilities = (await output.data()) as Float32Array;
    output.dispose();
    return probabilities;
  } finally {
    loaded.dispose();
  }
}
