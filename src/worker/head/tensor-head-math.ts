/**
 * Head training in TensorFlow.js ops with gradients written out by hand: no gradient tape, and few
 * dispatches a step. Works on every backend; two choices depend on the one that is open:
 *
 * - wasm and cpu: batches are gathered in plain arrays and uploaded, because `slice` there first
 *   copies the whole tensor, and products are made of plain (untransposed) operands, because only
 *   those reach the fast kernel (a transposed operand costs wasm 15 times as much).
 * - GPU: the epoch's rows are gathered once on the device and sliced, and transposed operands are
 *   free.
 */
import {
  add,
  concat,
  dispose,
  div,
  gather,
  getBackend,
  matMul,
  maximum,
  mul,
  ones,
  relu,
  slice,
  softmax,
  sqrt,
  square,
  step as stepFunction,
  sub,
  sum,
  tensor1d,
  tensor2d,
  tidy,
  transpose,
  type Tensor,
  type Tensor2D,
} from '@tensorflow/tfjs-core';
import type { HeadMath, HeadMathInputs, HeadStep } from './head-math.ts';
import { createTensorLayer } from './tensor-optimizer.ts';
import { gatherRows, type TrainingSet } from './training-set.ts';

export function createTensorHeadMath(inputs: HeadMathInputs): HeadMath {
  const { trainingSet, initial, gradientClip, resume } = inputs;
  const { stride, classCount, rowCount } = trainingSet;
  const onHost = getBackend() === 'wasm' || getBackend() === 'cpu';
  const product = onHost ? untransposedProduct : deviceProduct;
  const batches = onHost ? createHostBatches(trainingSet) : createDeviceBatches(trainingSet);
  const hidden =
    initial.hidden === null
      ? null
      : createTensorLayer(initial.hidden, stride, inputs.optimizer, resume?.layers[0]);
  const outputStride = initial.output.length / classCount;
  const output = createTensorLayer(
    initial.output,
    outputStride,
    inputs.optimizer,
    resume?.layers.at(-1),
  );
  const all = tensor2d(trainingSet.inputs, [rowCount, stride]);
  // wasm packs the right-hand operand once per tensor: one that stays is packed once per run.
  const allColumns = onHost && hidden !== null ? transpose(all) : null;
  let stepNumber = resume?.steps ?? 0;

  /** Activations before ReLU, [units, rows]. */
  function hiddenColumns(x: Tensor2D, columns: Tensor2D | null, values: Tensor2D): Tensor2D {
    return columns === null ? product(values, x, false, true) : matMul(values, columns);
  }

  /** ReLU, dropout and the column of ones: what enters the output layer, [rows, units + 1]. */
  function activationsOf(columns: Tensor2D, mask: Tensor2D | null): Tensor2D {
    const on = relu(columns);
    const kept: Tensor2D = mask === null ? on : mul(on, mask);
    return transpose(concat([kept, ones([1, columns.shape[1]])] as Tensor2D[], 0));
  }

  function linearGradients(batch: Batch, mask: Tensor2D | null): Tensor2D[] {
    const x: Tensor2D = mask === null ? batch.x : mul(batch.x, mask);
    const error = lossGradient(product(x, output.values, false, true), batch);
    return [product(error, x, true, false)];
  }

  function hiddenGradients(batch: Batch, mask: Tensor2D | null, values: Tensor2D): Tensor2D[] {
    const columns = hiddenColumns(batch.x, null, values);
    const units = columns.shape[0];
    const activations = activationsOf(columns, mask);
    const error = lossGradient(product(activations, output.values, false, true), batch);
    const outputGradient = product(error, activations, true, false);
    const back = slice(product(output.values, error, true, true), [0, 0], [units, batch.count]);
    const through: Tensor2D = mul(back, stepFunction(columns));
    const hiddenError: Tensor2D = mask === null ? through : mul(through, mask);
    return [product(hiddenError, batch.x, false, false), outputGradient];
  }

  function step({ begin, end, learningRate, dropoutMask }: HeadStep): void {
    stepNumber += 1;
    tidy(() => {
      const batch = batches.take(begin, end);
      const mask = dropoutMask === null ? null : maskTensor(dropoutMask, batch.count);
      const gradients =
        hidden === null
          ? linearGradients(batch, mask)
          : hiddenGradients(batch, mask, hidden.values);
      const clipped = clipGlobalNorm(gradients, gradientClip);
      const layers = hidden === null ? [output] : [hidden, output];
      layers.forEach((layer, index) => {
        const gradient = clipped[index];
        if (gradient !== undefined) layer.apply(gradient, learningRate, stepNumber);
      });
    });
  }

  /** Linear head: [count, stride] with 1 for the bias column; hidden layer: [units, count]. */
  function maskTensor(mask: Float32Array, count: number): Tensor2D {
    const rows = tensor2d(mask, [count, outputStride - 1]);
    return hidden === null ? concat([rows, ones([count, 1])] as Tensor2D[], 1) : transpose(rows);
  }

  return {
    kind: 'tensor',
    beginEpoch: (order) => {
      batches.beginEpoch(order);
    },
    step,
    async logits() {
      const result = tidy(() => {
        if (hidden === null) return product(all, output.values, false, true);
        const activations = activationsOf(hiddenColumns(all, allColumns, hidden.values), null);
        return product(activations, output.values, false, true);
      });
      const values = await readFloats(result);
      dispose(result);
      return values;
    },
    async parameters() {
      const [hiddenValues, outputValues] = await Promise.all([
        hidden === null ? null : readFloats(hidden.values),
        readFloats(output.values),
      ]);
      return { hidden: hiddenValues, output: outputValues };
    },
    layers() {
      const read = (tensor: Tensor | null) =>
        tensor === null ? Promise.resolve(null) : readFloats(tensor);
      return Promise.all(
        (hidden === null ? [output] : [hidden, output]).map(async ({ values, memory }) => {
          const numbers = [readFloats(values), read(memory.first), read(memory.second)] as const;
          const [own, first, second] = await Promise.all(numbers);
          return { values: own, first, second };
        }),
      );
    },
    dispose() {
      hidden?.dispose();
      output.dispose();
      batches.dispose();
      dispose(allColumns === null ? all : [all, allColumns]);
    },
  };
}

/** A copy: the cpu backend hands out the array it goes on using. */
async function readFloats(tensor: Tensor): Promise<Float32Array> {
  return Float32Array.from(await tensor.data<'float32'>());
}

interface Batch {
  readonly x: Tensor2D;
  readonly targets: Tensor2D;
  /** [count, 1], or null when all weigh the same. */
  readonly weights: Tensor2D | null;
  readonly count: number;
}

interface Batches {
  beginEpoch(order: Int32Array): void;
  /** Called inside a tidy, which disposes the result. */
  take(begin: number, end: number): Batch;
  dispose(): void;
}

/** (softmax − target)·weight / count, [rows, classes]. */
function lossGradient(logits: Tensor2D, batch: Batch): Tensor2D {
  const error: Tensor2D = mul(sub(softmax(logits), batch.targets), 1 / batch.count);
  return batch.weights === null ? error : mul(error, batch.weights);
}

/** Pascanu et al. 2013, entirely on the device: no value is read back to decide. */
function clipGlobalNorm(gradients: readonly Tensor2D[], limit: number): readonly Tensor2D[] {
  if (limit <= 0) return gradients;
  const squares = gradients.map((gradient) => sum(square(gradient)));
  const norm = sqrt(squares.reduce((total, part) => add(total, part)));
  const factor = div(limit, maximum(norm, limit));
  return gradients.map((gradient) => mul<Tensor2D>(gradient, factor));
}

type Product = (a: Tensor2D, b: Tensor2D, transposeA: boolean, transposeB: boolean) => Tensor2D;

const deviceProduct: Product = (a, b, transposeA, transposeB) =>
  matMul(a, b, transposeA, transposeB);

const untransposedProduct: Product = (a, b, transposeA, transposeB) =>
  matMul(transposeA ? transpose(a) : a, transposeB ? transpose(b) : b);

function createHostBatches(trainingSet: TrainingSet): Batches {
  const { inputs, stride, targets, classCount, rowWeights } = trainingSet;
  let order: Int32Array = new Int32Array(0);
  function rows(source: Float32Array, width: number, begin: number, end: number): Tensor2D {
    // A fresh array each time: the cpu backend keeps what it is given instead of copying it.
    const values = new Float32Array((end - begin) * width);
    gatherRows(source, width, order, begin, end, values);
    return tensor2d(values, [end - begin, width]);
  }
  return {
    beginEpoch(newOrder) {
      order = newOrder;
    },
    take: (begin, end) => ({
      x: rows(inputs, stride, begin, end),
      targets: rows(targets, classCount, begin, end),
      weights: rowWeights === null ? null : rows(rowWeights, 1, begin, end),
      count: end - begin,
    }),
    dispose() {
      // Batches live in the step's tidy only.
    },
  };
}

function createDeviceBatches(trainingSet: TrainingSet): Batches {
  const { inputs, stride, targets, classCount, rowWeights, trainCount } = trainingSet;
  const sources = [
    tensor2d(inputs.subarray(0, trainCount * stride), [trainCount, stride]),
    tensor2d(targets, [trainCount, classCount]),
    ...(rowWeights === null ? [] : [tensor2d(rowWeights, [trainCount, 1])]),
  ];
  let shuffled: Tensor2D[] = [];
  function part(index: number, begin: number, end: number): Tensor2D | null {
    const source = shuffled[index];
    return source === undefined ? null : slice(source, [begin, 0], [end - begin, -1]);
  }
  return {
    beginEpoch(order) {
      dispose(shuffled);
      const indices = tensor1d(order, 'int32');
      shuffled = sources.map((source) => gather(source, indices));
      dispose(indices);
    },
    take(begin, end) {
      const x = part(0, begin, end);
      const wanted = part(1, begin, end);
      if (x === null || wanted === null) throw new Error('take() before beginEpoch()');
      return { x, targets: wanted, weights: part(2, begin, end), count: end - begin };
    },
    dispose() {
      dispose([...sources, ...shuffled]);
    },
  };
}
