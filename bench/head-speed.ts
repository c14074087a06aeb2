/**
 * Head training, steps per second: ours against `model.fit` of TensorFlow.js layers and against the
 * arithmetic limit (the two big products of a step in a loop), same shapes, same process, wasm.
 * Node: `node bench/run.mjs head-speed.ts [wasm|cpu]`.
 */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { loadavg } from 'node:os';
import { performance } from 'node:perf_hooks';
import '@tensorflow/tfjs-backend-cpu';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { DEFAULT_HYPERPARAMETERS } from '../src/domain/hyperparameter-specs.ts';
import type { Hyperparameters } from '../src/domain/hyperparameters.ts';
import { createRandom } from '../src/domain/random.ts';
import type { TrainingData } from '../src/protocol/engine-messages.ts';
import { createHeadService } from '../src/worker/head/head-service.ts';
import { createPlainHeadMath } from '../src/worker/head/plain-head-math.ts';
import { createTensorHeadMath } from '../src/worker/head/tensor-head-math.ts';

const COUNT = 300;
const TRAIN = 240;
const DIM = 1280;
const CLASSES = 4;
const BATCH = 16;
const REPEATS = 3;

export async function main([backend = 'wasm']: readonly string[]): Promise<void> {
  const here = createRequire(import.meta.url);
  setWasmPaths(`${dirname(here.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  if (!(await tf.setBackend(backend))) throw new Error(`no ${backend} here`);
  await tf.ready();
  console.log(
    `${backend}, ${TRAIN} training photos, width ${DIM}, ${CLASSES} classes, batch ${BATCH}`,
  );
  for (const hiddenUnits of [0, 100]) {
    const settings: Hyperparameters = {
      ...DEFAULT_HYPERPARAMETERS,
      optimizer: 'adam',
      weightDecay: 0,
      learningRate: 0.001,
      batchSize: BATCH,
      hiddenUnits,
      earlyStopping: false,
      epochs: 20,
    };
    const fit = await fitRate(hiddenUnits);
    const limit = limitRate(hiddenUnits === 0 ? CLASSES : hiddenUnits);
    console.log(`\nhidden ${hiddenUnits}`);
    console.log(`  model.fit          ${fit.toFixed(0)} steps/s`);
    console.log(`  two products only  ${limit.toFixed(0)} steps/s`);
    for (const createMath of [createTensorHeadMath, createPlainHeadMath]) {
      const { rate, ms } = await ourRate(createMath, settings);
      const times = (rate / fit).toFixed(1);
      console.log(
        `  ${createMath.name.padEnd(22)} ${rate.toFixed(0)} steps/s (${times} × fit), ${ms.toFixed(0)} ms for 20 epochs`,
      );
    }
  }
  // Processor time is printed too: it says what the run costs when the machine is busy otherwise.
  await ourRate(undefined, DEFAULT_HYPERPARAMETERS);
  const before = process.cpuUsage();
  const { ms } = await ourRate(undefined, DEFAULT_HYPERPARAMETERS);
  const cpuMs = process.cpuUsage(before).user / 1000 / REPEATS;
  console.log(
    `\n${COUNT} photos with the defaults: ${ms.toFixed(0)} ms (${cpuMs.toFixed(0)} ms processor)`,
  );
  console.log(
    `learning-rate sweep over ${TRAIN} training photos: ${(await sweepMs()).toFixed(0)} ms`,
  );
  console.log(
    `load average ${loadavg()
      .map((load) => load.toFixed(1))
      .join(', ')}`,
  );
}

/** The best of a few, the first of which compiles. */
async function sweepMs(): Promise<number> {
  const service = createHeadService();
  const context = { signal: new AbortController().signal, emit: () => undefined };
  await service['head/load-data'](madeUpData(), context);
  const request = { dataKey: 'bench', hyperparameters: DEFAULT_HYPERPARAMETERS };
  let best = Infinity;
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const started = performance.now();
    await service['head/find-rate'](request, context);
    best = Math.min(best, performance.now() - started);
  }
  return best;
}

async function ourRate(
  createMath: typeof createTensorHeadMath | undefined,
  hyperparameters: Hyperparameters,
): Promise<{ rate: number; ms: number }> {
  const service = createHeadService(createMath === undefined ? {} : { createMath });
  const context = { signal: new AbortController().signal, emit: () => undefined };
  await service['head/load-data'](madeUpData(), context);
  let best = { rate: 0, ms: Infinity };
  for (let repeat = 0; repeat < REPEATS; repeat++) {
    const runId = `run ${repeat}`;
    const started = performance.now();
    const outcome = await service['head/train'](
      { runId, dataKey: 'bench', hyperparameters },
      context,
    );
    const ms = performance.now() - started;
    const steps = 'steps' in outcome ? outcome.steps : 0;
    if (ms < best.ms) best = { rate: (steps / ms) * 1000, ms };
  }
  return best;
}

/** The library's own way, evaluating both sides after each epoch as ours does. */
async function fitRate(hiddenUnits: number): Promise<number> {
  const { embeddings, labels } = madeUpData();
  const x = tf.tensor2d(embeddings, [COUNT, DIM]);
  const y = tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), CLASSES), 'float32') as tf.Tensor2D;
  const model = layers.sequential();
  if (hiddenUnits > 0) {
    model.add(layers.layers.dense({ units: hiddenUnits, activation: 'relu', inputShape: [DIM] }));
  }
  model.add(
    layers.layers.dense({
      units: CLASSES,
      activation: 'softmax',
      inputShape: [hiddenUnits > 0 ? hiddenUnits : DIM],
    }),
  );
  model.compile({
    optimizer: tf.train.adam(0.001),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy'],
  });
  const [xTrain, xRest] = tf.split(x, [TRAIN, COUNT - TRAIN]) as [tf.Tensor, tf.Tensor];
  const [yTrain, yRest] = tf.split(y, [TRAIN, COUNT - TRAIN]) as [tf.Tensor, tf.Tensor];
  const fit = (epochs: number): Promise<unknown> =>
    model.fit(xTrain, yTrain, {
      epochs,
      batchSize: BATCH,
      validationData: [xRest, yRest],
      yieldEvery: 'never',
    });
  await fit(2);
  const epochs = 6;
  const started = performance.now();
  await fit(epochs);
  return ((epochs * TRAIN) / BATCH / (performance.now() - started)) * 1000;
}

/** Forward and gradient product of the first layer in the form that is fastest on wasm. */
function limitRate(units: number): number {
  const w = tf.randomNormal([units, DIM]);
  const columns = tf.randomNormal([DIM, BATCH]);
  const error = tf.randomNormal([units, BATCH]);
  const rows = tf.randomNormal([BATCH, DIM]);
  const once = (): void => {
    tf.dispose([tf.matMul(w, columns), tf.matMul(error, rows)]);
  };
  for (let warm = 0; warm < 20; warm++) once();
  const repeats = 300;
  const started = performance.now();
  for (let repeat = 0; repeat < repeats; repeat++) once();
  return (repeats / (performance.now() - started)) * 1000;
}

function madeUpData(): TrainingData {
  const random = createRandom(7);
  const labels = Int32Array.from({ length: COUNT }, (_, row) => row % CLASSES);
  const embeddings = Float32Array.from({ length: COUNT * DIM }, (_, index) => {
    const label = labels[Math.floor(index / DIM)];
    return Math.max(0, random.normal() + (index % CLASSES === label ? 0.3 : 0));
  });
  return {
    dataKey: 'bench',
    embeddings,
    count: COUNT,
    dim: DIM,
    labels,
    classCount: CLASSES,
    trainRows: Int32Array.from({ length: TRAIN }, (_, row) => row),
    validationRows: Int32Array.from({ length: COUNT - TRAIN }, (_, row) => TRAIN + row),
  };
}
