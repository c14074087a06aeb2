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
      // ONNX Runtime brings its own.
      if (request.model.kind !== 'onnx') session.requireBackend();
      try {
        return { probabilities: await run(request) };
      } catch (error) {
        const { code, message } = toErrorData(error);
        if (code === 'out-of-memory' || code === 'backend-unavailable') {
          throw new EngineError({ code, message });
        }
        throw new EngineError({ code: 'bad-request', message: message.slice(0, 300) });
      }
    },
  };
}

async function run({ model, pixels, count }: Request): Promise<Float32Array> {
  switch (model.kind) {
    case 'layers':
      return runLayers(model, pixels, count);
    case 'packed':
      return runPacked(model, pixels, count);
    case 'onnx': {
      const { runOnnx } = await import('./onnx-runner.ts');
      return runOnnx(model.bytes, model.size, pixels, count);
    }
  }
}

type ModelOf<Kind> = Extract<Request['model'], { readonly kind: Kind }>;

async function runPacked(
  model: ModelOf<'packed'>,
  pixels: Uint8Array,
  count: number,
): Promise<Float32Array> {
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

async function runLayers(
  model: ModelOf<'layers'>,
  pixels: Uint8Array,
  count: number,
): Promise<Float32Array> {
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
