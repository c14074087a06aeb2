/**
 * The stored reference, computed a second time by loops in double precision that share nothing with
 * TensorFlow.js. Run with HEADSTART_WRITE_REFERENCE=1 to write check-reference.ts anew.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import {
  CHECK_GRADIENTS,
  CHECK_LABELS,
  CHECK_SHAPES,
  checkValues,
  type CheckGradientName,
  type CheckReference,
} from './check-network.ts';
import { CHECK_REFERENCE } from './check-reference.ts';

type Kernels = Record<CheckGradientName, number[]>;
const at = (values: readonly number[], i: number): number => {
  const value = values[i];
  if (value === undefined) throw new RangeError(`index ${i} of ${values.length}`);
  return value;
};
const relu6 = (x: number): number => Math.min(6, Math.max(0, x));

/** [batch, side, side, inputs] → [batch, side/2, side/2, outputs]; TensorFlow's 'same' for stride 2. */
function convolveStride2(images: number[], kernel: number[]): number[] {
  const [batch, side, , inputs] = CHECK_SHAPES.images;
  const outputs = CHECK_SHAPES.convolutionKernel[3];
  const half = side / 2;
  const result: number[] = [];
  for (let n = 0; n < batch; n++)
    for (let y = 0; y < half; y++)
      for (let x = 0; x < half; x++)
        for (let o = 0; o < outputs; o++) {
          let total = 0;
          for (let ky = 0; ky < 3; ky++)
            for (let kx = 0; kx < 3; kx++) {
              // An even side with stride 2 needs one row of padding, and it goes at the end.
              const [iy, ix] = [2 * y + ky, 2 * x + kx];
              if (iy >= side || ix >= side) continue;
              for (let c = 0; c < inputs; c++) {
                const pixel = at(images, ((n * side + iy) * side + ix) * inputs + c);
                total += pixel * at(kernel, ((ky * 3 + kx) * inputs + c) * outputs + o);
              }
            }
          result.push(relu6(total));
        }
  return result;
}

/** [batch, 4, 4, channels] → the same shape; one row of padding all round. */
function convolveDepthwise(maps: number[], kernel: number[]): number[] {
  const batch = CHECK_SHAPES.images[0];
  const side = CHECK_SHAPES.images[1] / 2;
  const channels = CHECK_SHAPES.depthwiseKernel[2];
  const result: number[] = [];
  for (let n = 0; n < batch; n++)
    for (let y = 0; y < side; y++)
      for (let x = 0; x < side; x++)
        for (let c = 0; c < channels; c++) {
          let total = 0;
          for (let ky = -1; ky <= 1; ky++)
            for (let kx = -1; kx <= 1; kx++) {
              const [iy, ix] = [y + ky, x + kx];
              if (iy < 0 || ix < 0 || iy >= side || ix >= side) continue;
              const value = at(maps, ((n * side + iy) * side + ix) * channels + c);
              total += value * at(kernel, ((ky + 1) * 3 + kx + 1) * channels + c);
            }
          result.push(relu6(total));
        }
  return result;
}

/** [rows, inner] × [inner, columns], row-major. */
function product(a: number[], b: number[], inner: number): number[] {
  const rows = a.length / inner;
  const columns = b.length / inner;
  return Array.from({ length: rows * columns }, (_unused, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    let total = 0;
    for (let k = 0; k < inner; k++) total += at(a, row * inner + k) * at(b, k * columns + column);
    return total;
  });
}

function transpose(a: number[], columns: number): number[] {
  const rows = a.length / columns;
  return Array.from({ length: a.length }, (_unused, i) =>
    at(a, (i % rows) * columns + Math.floor(i / rows)),
  );
}

const rectify = (values: number[]): number[] => values.map((x) => Math.max(0, x));

function features(): number[] {
  return convolveDepthwise(
    convolveStride2(checkValues('images'), checkValues('convolutionKernel')),
    checkValues('depthwiseKernel'),
  );
}

function forward(kernels: Kernels) {
  const batch = CHECK_SHAPES.images[0];
  const positions = (CHECK_SHAPES.images[1] / 2) ** 2;
  const [channels, mixedWidth] = CHECK_SHAPES.pointwiseKernel;
  const [hiddenWidth, classes] = CHECK_SHAPES.outputKernel;
  const input = features();
  const mixed = product(input, kernels.pointwiseKernel, channels);
  const pooled = Array.from({ length: batch * mixedWidth }, (_unused, i) => {
    const [n, m] = [Math.floor(i / mixedWidth), i % mixedWidth];
    let total = 0;
    for (let p = 0; p < positions; p++)
      total += Math.max(0, at(mixed, (n * positions + p) * mixedWidth + m));
    return total / positions;
  });
  const hidden = product(pooled, kernels.hiddenKernel, mixedWidth);
  const logits = product(rectify(hidden), kernels.outputKernel, hiddenWidth);
  const probabilities: number[] = [];
  let loss = 0;
  for (let n = 0; n < batch; n++) {
    const row = logits.slice(n * classes, (n + 1) * classes);
    const total = row.reduce((sum, x) => sum + Math.exp(x), 0);
    probabilities.push(...row.map((x) => Math.exp(x) / total));
    loss -= Math.log(Math.exp(at(row, at([...CHECK_LABELS], n))) / total) / batch;
  }
  return { input, mixed, pooled, hidden, logits, probabilities, loss };
}

/** Backpropagation written out by hand. */
function gradients(kernels: Kernels): Kernels {
  const batch = CHECK_SHAPES.images[0];
  const positions = (CHECK_SHAPES.images[1] / 2) ** 2;
  const [channels, mixedWidth] = CHECK_SHAPES.pointwiseKernel;
  const [hiddenWidth, classes] = CHECK_SHAPES.outputKernel;
  const run = forward(kernels);
  const dLogits = run.probabilities.map((p, i) => {
    const isLabel = at([...CHECK_LABELS], Math.floor(i / classes)) === i % classes;
    return (p - (isLabel ? 1 : 0)) / batch;
  });
  const outputKernel = product(transpose(rectify(run.hidden), hiddenWidth), dLogits, batch);
  const dHidden = product(dLogits, transpose(kernels.outputKernel, classes), classes).map((d, i) =>
    at(run.hidden, i) > 0 ? d : 0,
  );
  const hiddenKernel = product(transpose(run.pooled, mixedWidth), dHidden, batch);
  const dPooled = product(dHidden, transpose(kernels.hiddenKernel, hiddenWidth), hiddenWidth);
  const dMixed = run.mixed.map((value, i) => {
    const n = Math.floor(i / (positions * mixedWidth));
    return value > 0 ? at(dPooled, n * mixedWidth + (i % mixedWidth)) / positions : 0;
  });
  const pointwiseKernel = product(transpose(run.input, channels), dMixed, batch * positions);
  return { pointwiseKernel, hiddenKernel, outputKernel };
}

function startKernels(): Kernels {
  return {
    pointwiseKernel: checkValues('pointwiseKernel'),
    hiddenKernel: checkValues('hiddenKernel'),
    outputKernel: checkValues('outputKernel'),
  };
}

const round = (values: readonly number[]): number[] => values.map((x) => Number(x.toPrecision(9)));

function computeReference(): CheckReference {
  const run = forward(startKernels());
  const grads = gradients(startKernels());
  return {
    forward: round([...run.logits, run.loss]),
    gradients: {
      pointwiseKernel: round(grads.pointwiseKernel),
      hiddenKernel: round(grads.hiddenKernel),
      outputKernel: round(grads.outputKernel),
    },
  };
}

it('has the stored reference values', () => {
  const reference = computeReference();
  if (process.env['HEADSTART_WRITE_REFERENCE'] === '1') {
    const file = fileURLToPath(new URL('./check-reference.ts', import.meta.url));
    writeFileSync(
      file,
      `/** Reference values of the check network. Written by check-reference.test.ts; do not edit. */\n` +
        `import type { CheckReference } from './check-network.ts';\n\n` +
        `export const CHECK_REFERENCE: CheckReference = ${JSON.stringify(reference, null, 2)};\n`,
    );
  }
  expect(CHECK_REFERENCE).toEqual(reference);
});

it('has gradients that agree with finite differences', () => {
  const analytic = gradients(startKernels());
  const step = 1e-6;
  for (const name of CHECK_GRADIENTS) {
    for (let i = 0; i < analytic[name].length; i++) {
      const lossWith = (shift: number): number => {
        const kernels = startKernels();
        kernels[name][i] = at(kernels[name], i) + shift;
        return forward(kernels).loss;
      };
      const numeric = (lossWith(step) - lossWith(-step)) / (2 * step);
      expect(at(analytic[name], i)).toBeCloseTo(numeric, 6);
    }
  }
});

it('leaves no layer dead, so that a wrong kernel shows', () => {
  const run = forward(startKernels());
  for (const layer of [run.input, run.pooled, rectify(run.hidden)]) {
    expect(layer.filter((x) => x > 0.01).length).toBeGreaterThan(layer.length / 4);
  }
  for (const name of CHECK_GRADIENTS) {
    const moved = CHECK_REFERENCE.gradients[name].filter((x) => Math.abs(x) > 1e-3);
    expect(moved.length).toBeGreaterThan(CHECK_REFERENCE.gradients[name].length / 4);
  }
});
