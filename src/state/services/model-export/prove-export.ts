/** Opens what was written, as a stranger would, and compares its answers with the screen's. */
import { EQUAL_TOLERANCE } from '../../../formats/model/export-facts.ts';
import { HEAD_BIN, HEAD_JSON, readHeadFile } from '../../../formats/model/head-file.ts';
import { answerEmbeddings } from '../../../domain/prediction-pipeline.ts';
import { openZip } from '../../../formats/zip-archive.ts';
import type { Engine } from '../../../engine/engine.ts';
import { EngineError } from '../../../protocol/errors.ts';
import type { ModelExportKind, ModelProof } from '../../model-export-state.ts';
import { hashOf } from '../model-files.ts';
import { ONNX_FILE, PAGE_FILE } from './build-export.ts';
import type { ExportSource } from './export-source.ts';

const MODEL_ZIP_LIMITS = { entries: 200, memberBytes: 256 * 2 ** 20, totalBytes: 512 * 2 ** 20 };

/** Reads everything from the finished zip, not from what it was made of. */
export async function proveExport(
  kind: ModelExportKind,
  zip: Blob,
  source: ExportSource,
  engine: Engine,
  signal: AbortSignal,
): Promise<ModelProof> {
  if (kind === 'python') return { status: 'not-here' };
  const { members } = await openZip(zip, MODEL_ZIP_LIMITS);
  const read = async (name: string): Promise<Uint8Array<ArrayBuffer>> => {
    const member = members.find(({ parts }) => parts.join('/') === name);
    if (member === undefined) throw new Error(`${name} is not in the export`);
    return member.read(signal);
  };
  const { pixels, pictureCount, onScreen } = source;
  const ask = askers(source, engine, read, signal)[kind];
  const { answers, reader } = await ask(pixels.slice(), pictureCount);
  const largestDifference = differenceOf(answers, onScreen);
  return {
    status: largestDifference <= EQUAL_TOLERANCE ? 'equal' : 'different',
    largestDifference,
    pictures: pictureCount,
    ownPhotos: source.ownPhotos,
    reader,
  };
}

interface Asked {
  readonly answers: Float32Array;
  readonly reader: Extract<ModelProof, { reader: unknown }>['reader'];
}
type Ask = (pixels: Uint8Array, count: number) => Promise<Asked>;
type Read = (name: string) => Promise<Uint8Array<ArrayBuffer>>;

function askers(
  source: ExportSource,
  engine: Engine,
  read: Read,
  signal: AbortSignal,
): Readonly<Record<Exclude<ModelExportKind, 'python'>, Ask>> {
  const size = source.card.inputSize;
  const layers = async (
    input: { readonly divide: number; readonly subtract: number },
    pixels: Uint8Array,
    count: number,
  ): Promise<Asked> => {
    const modelJson = JSON.parse(new TextDecoder().decode(await read('model.json'))) as unknown;
    const weights = (await read('weights.bin')).buffer;
    const model = { kind: 'layers', modelJson, weights, input: { ...input, size } } as const;
    return { answers: await engine.runModel(model, pixels, count, signal), reader: 'tfjs' };
  };
  return {
    tfjs: (pixels, count) => layers({ divide: 1, subtract: 0 }, pixels, count),
    'teachable-machine': (pixels, count) => layers({ divide: 127, subtract: 1 }, pixels, count),
    'web-page': async (pixels, count) => {
      const { readWebPage } = await import('../../../formats/model/web-page.ts');
      const page = readWebPage(new TextDecoder().decode(await read(PAGE_FILE)));
      const model = { kind: 'packed', ...page } as const;
      return { answers: await engine.runModel(model, pixels, count, signal), reader: 'page' };
    },
    onnx: async (pixels, count) => {
      const bytes = await read(ONNX_FILE);
      try {
        const model = { kind: 'onnx', bytes, size } as const;
        const answers = await engine.runModel(model, pixels, count, signal);
        return { answers, reader: 'onnx-runtime' };
      } catch (error) {
        // No network, or a device too small for it. Anything else is a word about the file.
        const isAway = error instanceof EngineError && error.code === 'backend-unavailable';
        if (!isAway) throw error;
      }
      const { readOnnxNetwork } = await import('../../../formats/model/onnx-reader.ts');
      const model = { kind: 'packed', ...readOnnxNetwork(bytes) } as const;
      return { answers: await engine.runModel(model, pixels, count, signal), reader: 'onnx-own' };
    },
    head: async (pixels, count) => {
      const bin = await read(HEAD_BIN);
      const file = readHeadFile(await read(HEAD_JSON), bin, await hashOf(bin.buffer));
      const embeddings = await engine.embed(pixels, count, signal);
      const answers = answerEmbeddings(file.head, embeddings, count, file.pipeline);
      return { answers, reader: 'head' };
    },
  };
}

/** Infinity when they are not even as many. */
export function differenceOf(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return Infinity;
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs((a[i] ?? 0) - (b[i] ?? 0));
    // Also when one of them is not a number.
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Infinity : difference;
  }
  return largest;
}
