/**
 * Answers about many photos, one group after the other: while a group is embedded, the next one is
 * decoded. Pictures are let go with their group, so memory does not grow with the folder.
 */
import type { Run } from '../../domain/run.ts';
import { EngineError } from '../../protocol/errors.ts';
import type { SliceTools } from '../slice-tools.ts';
import type { AppState } from '../store-types.ts';
import type { FileToTry, TriedPhoto, TryBatch } from '../try-state.ts';
import { pictureFor, type HeadInUse } from './answering.ts';
import { createProgressMeter } from './progress-meter.ts';
import { MAX_STORED_SIDE_PX } from './stored-size.ts';

/** Photos embedded at once: enough for a GPU, and few enough to see the list grow. */
const GROUP_SIZE = 16;
/** Rows on screen; all rows are in the table that is saved. */
const MOST_SHOWN = 100;

export interface ManyTried {
  /** Resolves when all files are through, or it was cancelled. Never rejects. */
  run(): Promise<void>;
  cancel(): void;
  /** Cancels, and lets go of the miniatures. */
  dispose(): void;
  readonly rows: readonly TriedPhoto[];
}

interface Prepared {
  readonly index: number;
  readonly path: string;
  readonly outcome:
    | { readonly pixels: Uint8Array; readonly thumbnail: Blob }
    | Extract<TriedPhoto, { kind: 'refused' }>['refusal'];
}

/** Settings that decide what is said, as a key. */
export function trySettingsKey({ abstention, trySettings }: AppState): string {
  const { isOn, confidenceFloor, withDistance, suggested } = abstention;
  const dial = isOn ? [confidenceFloor, withDistance, suggested] : [];
  return JSON.stringify([dial, trySettings.thresholds]);
}

/** Null when there is no model that can be asked. */
export function createManyTried(tools: SliceTools, files: readonly FileToTry[]): ManyTried | null {
  const { get, set, services, answering } = tools;
  const usable = answering.usable();
  if (usable === null) return null;
  const { run, inputSize } = usable;
  const using = answering.headOf(run);
  const abort = new AbortController();
  const rows: TriedPhoto[] = [];
  const urls: string[] = [];
  const meter = createProgressMeter(services.now);
  meter.addTotal(files.length);
  let isDisposed = false;
  let batch = firstBatch(get(), run, using, files.length);

  function show(change: Partial<TryBatch>): void {
    batch = { ...batch, ...change };
    if (!isDisposed) set({ tryBatch: batch });
  }

  function add(group: readonly TriedPhoto[]): void {
    rows.push(...group);
    const answered = group.filter((row) => row.kind === 'answered');
    const refused = group.filter((row) => row.kind === 'refused');
    show({
      progress: meter.addDone(group.length),
      answered: batch.answered + answered.length,
      refused: batch.refused + refused.length,
      shown: [...batch.shown, ...answered].slice(0, MOST_SHOWN),
      shownRefusals: [...batch.shownRefusals, ...refused].slice(0, MOST_SHOWN),
    });
  }

  function miniature(blob: Blob): string | null {
    if (isDisposed || urls.length >= MOST_SHOWN) return null;
    const url = services.createObjectUrl(blob);
    urls.push(url);
    return url;
  }

  async function answerGroup(group: readonly Prepared[]): Promise<readonly TriedPhoto[]> {
    const embeddings = await embed(tools, group, inputSize, abort.signal);
    return group.map(({ index, path, outcome }): TriedPhoto => {
      const embedding = embeddings.get(index);
      if (!('pixels' in outcome) || embedding === undefined) {
        const refusal = 'pixels' in outcome ? ({ code: 'failed' } as const) : outcome;
        return { index, path, kind: 'refused', refusal };
      }
      const { probabilities, withheld } = answering.answer(run, embedding, using);
      const thumbnailUrl = miniature(outcome.thumbnail);
      return { index, path, kind: 'answered', probabilities, withheld, thumbnailUrl };
    });
  }

  async function work(): Promise<void> {
    await answering.ready(run);
    const prepare = (from: number) =>
      Promise.all(
        files
          .slice(from, from + GROUP_SIZE)
          .map((file, i) => prepareOne(tools, run, inputSize, file, from + i, abort.signal)),
      );
    let next = prepare(0);
    for (let from = 0; from < files.length; from += GROUP_SIZE) {
      const group = await next;
      abort.signal.throwIfAborted();
      next = prepare(from + GROUP_SIZE);
      // Awaited in the next round; until then nobody else would look at its failure.
      next.catch(() => undefined);
      add(await answerGroup(group));
    }
  }

  return {
    rows,
    async run() {
      show({});
      try {
        await work();
        show({ status: 'done' });
      } catch {
        show({ status: abort.signal.aborted ? 'cancelled' : 'failed' });
      }
    },
    cancel() {
      abort.abort();
    },
    dispose() {
      isDisposed = true;
      abort.abort();
      for (const url of urls.splice(0)) services.revokeObjectUrl(url);
    },
  };
}

function firstBatch(state: AppState, run: Run, { epoch }: HeadInUse, total: number): TryBatch {
  return {
    status: 'running',
    runId: run.id,
    epoch,
    classes: run.classes,
    settingsKey: trySettingsKey(state),
    progress: { total, done: 0, etaMs: null },
    answered: 0,
    refused: 0,
    shown: [],
    shownRefusals: [],
  };
}

/** A file that cannot be looked at is a result; only an abort rejects. */
async function prepareOne(
  { services: { engine } }: Pick<SliceTools, 'services'>,
  run: Run,
  inputSize: number,
  { file, path }: FileToTry,
  index: number,
  signal: AbortSignal,
): Promise<Prepared> {
  try {
    const prepared = await engine.preparePhoto(file, MAX_STORED_SIDE_PX, signal);
    if (prepared.kind === 'refused') {
      const { code, params } = prepared;
      return { index, path, outcome: params === undefined ? { code } : { code, params } };
    }
    const picture = pictureFor(run, file, prepared);
    const pixels = await engine.photoPixels(picture, inputSize, run.fit, signal);
    return { index, path, outcome: { pixels, thumbnail: prepared.thumbnail } };
  } catch (error) {
    if (signal.aborted || (error instanceof EngineError && error.code === 'aborted')) throw error;
    return { index, path, outcome: { code: 'failed' } };
  }
}

/** Index of the photo → embedding [width]. */
async function embed(
  { services: { engine } }: Pick<SliceTools, 'services'>,
  group: readonly Prepared[],
  inputSize: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, Float32Array>> {
  const pictures = group.flatMap(({ index, outcome }) =>
    'pixels' in outcome ? [{ index, pixels: outcome.pixels }] : [],
  );
  if (pictures.length === 0) return new Map();
  const size = inputSize * inputSize * 3;
  const all = new Uint8Array(size * pictures.length);
  pictures.forEach(({ pixels }, i) => {
    all.set(pixels, i * size);
  });
  const embeddings = await engine.embed(all, pictures.length, signal);
  const width = embeddings.length / pictures.length;
  return new Map(
    pictures.map(({ index }, i) => [index, embeddings.subarray(i * width, (i + 1) * width)]),
  );
}
