/** Handlers that ask what a backbone was pretrained on: its class names, and its say on embeddings. */
import { slice, softmax, tensor2d, tidy, type Tensor2D } from '@tensorflow/tfjs-core';
import type { EngineEvent, EngineRequestMap } from '../../protocol/engine-messages.ts';
import { EngineError } from '../../protocol/errors.ts';
import type { EngineSession } from '../backend/engine-session.ts';
import type { BackboneClassifier } from '../backbone/backbone-network.ts';
import { throwIfAborted, withTransfer, type Handlers } from '../dispatch.ts';
import { yieldToMessages } from './yield-to-messages.ts';

type ClassifyRequests = Pick<EngineRequestMap, 'backbone/classes' | 'backbone/classify'>;

const IMAGENET_SIZE = 1_000;
/** 1,000 numbers a photo come back from the backend at a time. */
const PHOTOS_AT_ONCE = 256;

export function createClassifyService(
  session: EngineSession,
): Handlers<ClassifyRequests, EngineEvent> {
  return {
    'backbone/classes': async () => {
      const outputs = session.requireNetwork().classifier()?.outputs ?? 0;
      // Some networks have one more in front, for "none of these".
      const isImageNet = outputs === IMAGENET_SIZE || outputs === IMAGENET_SIZE + 1;
      return { outputs, names: isImageNet ? await imageNetNames() : null };
    },

    'backbone/classify': async ({ embeddings, count, classes, groups }, { signal }) => {
      const network = session.requireNetwork();
      const classifier = network.classifier();
      const width = network.card.embedding.width;
      if (
        classifier === null ||
        classifier.outputs < classes ||
        embeddings.length !== count * width
      ) {
        const message = 'no such classifier, or embeddings of another backbone';
        throw new EngineError({ code: 'bad-request', message });
      }
      const sums = new Float32Array(count * groups.length);
      for (let from = 0; from < count; from += PHOTOS_AT_ONCE) {
        const rows = Math.min(PHOTOS_AT_ONCE, count - from);
        const part = embeddings.subarray(from * width, (from + rows) * width);
        const shares = await probabilities(classifier, part, [rows, width], classes);
        if (session.requireNetwork() !== network) {
          const message = 'the backbone was replaced meanwhile';
          throw new EngineError({ code: 'backbone-not-loaded', message });
        }
        for (let row = 0; row < rows; row++) {
          groups.forEach((members, group) => {
            let sum = 0;
            for (const member of members) sum += shares[row * classes + member] ?? 0;
            sums[(from + row) * groups.length + group] = sum;
          });
        }
        await yieldToMessages();
        throwIfAborted(signal);
      }
      return withTransfer({ sums }, [sums.buffer]);
    },
  };
}

/** [rows, classes], each row summing to 1 over the last `classes` outputs. */
async function probabilities(
  classifier: BackboneClassifier,
  embeddings: Float32Array,
  shape: [number, number],
  classes: number,
): Promise<Float32Array> {
  const output = tidy(() => {
    const logits = classifier.logits(tensor2d(embeddings, shape));
    const first = classifier.outputs - classes;
    const wanted: Tensor2D = slice(logits, [0, first], [shape[0], classes]);
    return softmax(wanted);
  });
  try {
    return await output.data<'float32'>();
  } finally {
    output.dispose();
  }
}

/** Label of each class with its synonyms, as the library of these models names them. */
async function imageNetNames(): Promise<readonly string[]> {
  const { IMAGENET_CLASSES } =
    await import('@tensorflow-models/mobilenet/dist/imagenet_classes.js');
  return Array.from({ length: IMAGENET_SIZE }, (_, index) => IMAGENET_CLASSES[index] ?? '');
}
