/**
 * Backbones that go through @tensorflow-models/mobilenet. Its own download addresses answer 403 and
 * its input range silently changes when a model is given, so everything is passed explicitly.
 */
import { load, type MobileNet } from '@tensorflow-models/mobilenet';
import {
  add,
  mul,
  reshape,
  type io,
  type NamedTensorMap,
  type Tensor,
  type Tensor3D,
  type Tensor4D,
} from '@tensorflow/tfjs-core';
import type { BackboneCard } from '../../domain/backbone-card.ts';
import { NOT_FOLDED } from '../../domain/folding.ts';
import type { BackboneNetwork } from './backbone-network.ts';
import { toEmbedding } from './embedding-shape.ts';
import { graphClassifier } from './graph-classifier.ts';
import { checkInputShape, invalidBackbone } from './model-artifacts.ts';

/** Side that the library resizes everything to. */
const LIBRARY_SIZE = 224;

/** The library keeps its graph model to itself; it is needed for the feature map and for disposal. */
interface MobileNetInside {
  readonly model: {
    readonly inputs: readonly { readonly shape?: readonly number[] }[];
    readonly outputs: readonly { readonly name: string }[];
    execute(input: Tensor4D, node: string): Tensor4D;
    execute(input: Tensor4D, nodes: string[]): Tensor4D[];
    execute(inputs: NamedTensorMap, output: string): Tensor | Tensor[];
    dispose(): void;
  };
}

export async function loadMobileNetNetwork(
  card: BackboneCard,
  artifacts: io.ModelArtifacts,
): Promise<BackboneNetwork> {
  const { mobilenet, featureMap } = card;
  if (mobilenet === undefined) throw invalidBackbone(card, 'the card has no "mobilenet" entry');
  if (card.inputSize !== LIBRARY_SIZE) {
    throw invalidBackbone(card, `@tensorflow-models/mobilenet takes ${LIBRARY_SIZE} pixels only`, {
      inputSize: card.inputSize,
    });
  }
  const [low, high] = card.inputRange;
  const network: MobileNet = await load({
    version: mobilenet.version,
    alpha: asAlpha(card, mobilenet.alpha),
    modelUrl: { load: () => Promise.resolve(artifacts) },
    inputRange: [low, high],
  });
  const inside = (network as unknown as MobileNetInside).model;
  try {
    checkInputShape(card, inside.inputs[0]?.shape);
  } catch (error) {
    inside.dispose();
    throw error;
  }
  return {
    card,
    // The library scales 0..255 to the card's range itself.
    inputRange: [0, 255],
    embed: (input) => toEmbedding(card, network.infer(asOnePicture(input), true)),
    // Reads past the library, so the range has to be applied here.
    featureMap:
      featureMap === null
        ? null
        : (input) => inside.execute(add(mul(input, (high - low) / 255), low), featureMap.node),
    embedWithMap:
      featureMap === null
        ? null
        : (input) => {
            const scaled = add<Tensor4D>(mul(input, (high - low) / 255), low);
            const nodes = [card.embedding.node, featureMap.node];
            const [embedding, map] = inside.execute(scaled, nodes) as [Tensor4D, Tensor4D];
            return { embedding: toEmbedding(card, embedding), map };
          },
    classifier: graphClassifier(card, inside),
    folding: NOT_FOLDED,
    dispose: () => {
      inside.dispose();
    },
  };
}

/**
 * The library compares the first two sides with 224 and otherwise resizes, even a batch that has
 * the right size. Seen as one picture of 3·n channels the same numbers pass, and its own reshape to
 * [-1, 224, 224, 3] restores the batch.
 */
function asOnePicture(input: Tensor4D): Tensor3D {
  return reshape(input, [LIBRARY_SIZE, LIBRARY_SIZE, 3 * input.shape[0]]);
}

function asAlpha(card: BackboneCard, alpha: number): 0.25 | 0.5 | 0.75 | 1 {
  if (alpha === 0.25 || alpha === 0.5 || alpha === 0.75 || alpha === 1) return alpha;
  throw invalidBackbone(card, `@tensorflow-models/mobilenet has no width ${alpha}`, { alpha });
}
