/**
 * Handler that tells where in a photo the evidence for each class lies. One pass through the backbone
 * gives embedding and feature map together, so that looking costs little more than predicting.
 */
import { tensor4d, tidy, dispose } from '@tensorflow/tfjs-core';
import { classEvidence } from '../../domain/class-evidence.ts';
import type { HeadWeights } from '../../domain/head.ts';
import type {
  EngineEvent,
  EngineRequestMap,
  ExplainedPhotos,
} from '../../protocol/engine-messages.ts';
import { EngineError } from '../../protocol/errors.ts';
import type { EngineSession } from '../backend/engine-session.ts';
import type { BackboneNetwork } from '../backbone/backbone-network.ts';
import { pixelTable, scalePixels } from '../backbone/pixel-range.ts';
import { throwIfAborted, withTransfer, type Handlers } from '../dispatch.ts';
import { runBatch } from '../embed/embed-pixels.ts';
import { yieldToMessages } from '../embed/yield-to-messages.ts';

type ExplainRequests = Pick<EngineRequestMap, 'explain'>;
type Evidence = NonNullable<ExplainedPhotos['evidence']>;

/** Largest difference, as a share of the largest value, between the embedding and the pooled map. */
const POOLING_TOLERANCE = 1e-2;

export function createExplainService(
  session: EngineSession,
): Handlers<ExplainRequests, EngineEvent> {
  return {
    explain: async ({ pixels, count, head }, { signal }) => {
      const network = session.requireNetwork();
      const begun = performance.now();
      checkSizes(network, pixels, count, head);
      const { inputSize, embedding } = network.card;
      const bytes = inputSize * inputSize * 3;
      const table = pixelTable(network.inputRange);
      const embeddings = new Float32Array(count * embedding.width);
      const collector = createCollector(count, head);
      // One by one: the request is made for a camera frame or a few photos, and between two photos
      // a live prediction gets its turn.
      for (let i = 0; i < count; i++) {
        if (i > 0) await yieldToMessages();
        throwIfAborted(signal);
        assertSame(session, network);
        const input = new Float32Array(bytes);
        scalePixels(pixels, i * bytes, bytes, table, input);
        const seen = await look(network, input);
        embeddings.set(seen.embedding, i * embedding.width);
        collector.add(i, seen);
      }
      // A GPU lost on the way gives zeros, not an error.
      assertSame(session, network);
      const { evidence } = collector;
      const value = {
        embeddings,
        width: embedding.width,
        evidence,
        computeMs: performance.now() - begun,
      };
      const buffers = evidence === null ? [] : [evidence.maps.buffer, evidence.biases.buffer];
      return withTransfer(value, [embeddings.buffer, ...buffers]);
    },
  };
}

interface Seen {
  /** [width] */
  readonly embedding: Float32Array;
  /** [rows, columns, width]; null if the backbone has no map that adds up to its embedding. */
  readonly map: {
    readonly values: Float32Array;
    readonly rows: number;
    readonly columns: number;
  } | null;
}

/** input [1, size, size, 3] in the network's range. Leaves no tensors. */
async function look(network: BackboneNetwork, input: Float32Array): Promise<Seen> {
  const size = network.card.inputSize;
  const { embedWithMap } = network;
  if (embedWithMap === null) return { embedding: await runBatch(network, input, 1), map: null };
  const output = tidy(() => ({ ...embedWithMap(tensor4d(input, [1, size, size, 3])) }));
  try {
    const [embedding, values] = (await Promise.all([
      output.embedding.data(),
      output.map.data(),
    ])) as [Float32Array, Float32Array];
    // A card may name any node: its shape is what the graph gives.
    const [, rows = 0, columns = 0, channels] = output.map.shape as readonly number[];
    if (channels === undefined || rows * columns < 2 || !isPooled(embedding, values))
      return { embedding, map: null };
    return { embedding, map: { values, rows, columns } };
  } finally {
    dispose([output.embedding, output.map]);
  }
}

/**
 * Whether the embedding is the mean of the map over places. A card may name a map that goes through
 * more layers before it becomes the embedding: its places would not add up to any logit.
 */
function isPooled(embedding: Float32Array, map: Float32Array): boolean {
  const width = embedding.length;
  const places = map.length / width;
  if (!Number.isInteger(places)) return false;
  const means = new Float64Array(width);
  map.forEach((value, i) => {
    const d = i % width;
    means[d] = (means[d] ?? 0) + value / places;
  });
  let largest = 1e-6;
  let difference = 0;
  embedding.forEach((value, d) => {
    largest = Math.max(largest, Math.abs(value));
    difference = Math.max(difference, Math.abs(value - (means[d] ?? 0)));
  });
  return difference <= POOLING_TOLERANCE * largest;
}

/** Puts the maps of one photo after another into one array. */
function createCollector(
  count: number,
  head: HeadWeights,
): { add: (index: number, seen: Seen) => void; readonly evidence: Evidence | null } {
  let evidence: Evidence | null = null;
  let isWhole = true;
  return {
    add(index, { embedding, map }) {
      if (map === null) {
        isWhole = false;
        return;
      }
      const { rows, columns, values } = map;
      const { classCount } = head;
      evidence ??= {
        maps: new Float32Array(count * classCount * rows * columns),
        biases: new Float32Array(count * classCount),
        rows,
        columns,
      };
      const found = classEvidence(head, embedding, values);
      evidence.maps.set(found.maps, index * classCount * rows * columns);
      evidence.biases.set(found.biases, index * classCount);
    },
    get evidence() {
      return isWhole ? evidence : null;
    },
  };
}

function checkSizes(
  network: BackboneNetwork,
  pixels: Uint8Array,
  count: number,
  head: HeadWeights,
): void {
  const { inputSize, embedding } = network.card;
  const bytes = inputSize * inputSize * 3;
  if (!Number.isSafeInteger(count) || count < 1 || pixels.length !== count * bytes) {
    const message = `${pixels.length} bytes are not ${count} pictures of ${inputSize}×${inputSize}×3`;
    throw new EngineError({ code: 'bad-request', message });
  }
  if (head.inputDim !== embedding.width) {
    const message = `the head takes ${head.inputDim} numbers, the backbone gives ${embedding.width}`;
    throw new EngineError({ code: 'bad-request', message });
  }
}

function assertSame(session: EngineSession, network: BackboneNetwork): void {
  if (session.requireNetwork() === network) return;
  const message = 'the backbone was replaced meanwhile';
  throw new EngineError({ code: 'backbone-not-loaded', message });
}
