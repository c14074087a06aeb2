/** The classifier that a graph model still has behind its embedding: run from there, not from the photo. */
import { reshape, tidy, zeros, type NamedTensorMap, type Tensor } from '@tensorflow/tfjs-core';
import type { BackboneCard } from '../../domain/backbone-card.ts';
import type { BackboneClassifier } from './backbone-network.ts';

/** What of the converter's graph model is needed here. */
interface GraphPart {
  readonly outputs: readonly { readonly name: string }[];
  execute(inputs: NamedTensorMap, output: string): Tensor | Tensor[];
}

/** Found when it is first asked for: few projects ever do. */
export function graphClassifier(
  card: BackboneCard,
  model: GraphPart,
): () => BackboneClassifier | null {
  let found: BackboneClassifier | null | undefined;
  return () => {
    if (found === undefined) found = findClassifier(card, model);
    return found;
  };
}

/** Null when no output of the graph follows from the embedding alone. */
function findClassifier(card: BackboneCard, model: GraphPart): BackboneClassifier | null {
  const { node, width } = card.embedding;
  const taken = new Set([node, card.featureMap?.node]);
  for (const { name } of model.outputs) {
    const output = name.replace(/:\d+$/, '');
    if (taken.has(output)) continue;
    // What the node gives is not written in the graph: a row of numbers, or a map of one place.
    for (const shape of [[width], [1, 1, width]]) {
      const classifier: BackboneClassifier['logits'] = (embedding) => {
        const count = embedding.shape[0];
        const given = model.execute({ [node]: reshape(embedding, [count, ...shape]) }, output);
        if (Array.isArray(given)) throw new Error('one output was asked for');
        return reshape(given, [count, given.size / count]);
      };
      const outputs = countOutputs(classifier, width);
      if (outputs !== null) return { outputs, logits: classifier };
    }
  }
  return null;
}

/** Null when it cannot be run: the converter throws when an output needs more than the embedding. */
function countOutputs(logits: BackboneClassifier['logits'], width: number): number | null {
  try {
    const outputs = tidy(() => logits(zeros([1, width])).shape[1]);
    return outputs > 1 ? outputs : null;
  } catch {
    return null;
  }
}
