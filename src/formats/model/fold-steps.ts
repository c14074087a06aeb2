/**
 * Puts batch normalisation and activations into the convolution before them: the same function with
 * a third of the steps. Only where nobody else reads what lies between.
 */
import { inputsOf, type ConvStep, type NetworkStep } from './network.ts';

export function foldSteps(steps: readonly NetworkStep[]): readonly NetworkStep[] {
  const readers = new Map<string, number>();
  for (const step of steps) {
    for (const input of inputsOf(step)) readers.set(input, (readers.get(input) ?? 0) + 1);
  }
  const out: NetworkStep[] = [];
  /** Name of a step that was folded away → name of the one that now gives its value. */
  const renamed = new Map<string, string>();
  const now = (name: string): string => renamed.get(name) ?? name;
  for (const original of steps) {
    const step = withInputs(original, now);
    const source = 'inputs' in step ? undefined : out.findLast((one) => one.name === step.input);
    const isOnlyReader =
      !('inputs' in original) && readers.get(original.input) === 1 && isLinearConv(source);
    const folded = isOnlyReader ? fold(source, step) : null;
    if (folded === null) {
      out.push(step);
      continue;
    }
    out[out.indexOf(source as NetworkStep)] = folded;
    renamed.set(step.name, folded.name);
  }
  return out;
}

function isLinearConv(step: NetworkStep | undefined): step is ConvStep {
  return (step?.kind === 'conv' || step?.kind === 'depthwise') && step.activation === 'linear';
}

function fold(conv: ConvStep, step: NetworkStep): ConvStep | null {
  if (step.kind === 'activation') return { ...conv, activation: step.activation };
  if (step.kind !== 'affine') return null;
  const { scale, shift } = step;
  const channels = conv.bias.length;
  // Both layouts have the output channel as the one that changes fastest.
  const kernel = conv.kernel.map((value, i) => value * (scale[i % channels] ?? 1));
  const bias = conv.bias.map((value, c) => value * (scale[c] ?? 1) + (shift[c] ?? 0));
  return { ...conv, kernel, bias };
}

function withInputs(step: NetworkStep, now: (name: string) => string): NetworkStep {
  if (step.kind === 'add') return { ...step, inputs: [now(step.inputs[0]), now(step.inputs[1])] };
  if (step.kind === 'join') return { ...step, inputs: step.inputs.map(now) };
  return { ...step, input: now(step.input) };
}
