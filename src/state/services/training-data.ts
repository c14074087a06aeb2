/** What a head is trained on, in the training worker: handed over once per data set, known by its key. */
import { augmentationCode, type Augmentation } from '../../domain/augmentation.ts';
import { joinFloats } from '../../domain/join-blocks.ts';
import type { SliceTools } from '../slice-tools.ts';
import { withCopies, type TrainingRows } from './training-rows.ts';

export interface TrainingData {
  /** Hands the rows to the worker unless it has them; gives their key. Rejects with `aborted`. */
  ensure(rows: TrainingRows, augmentation: Augmentation, signal: AbortSignal): Promise<string>;
  /** Same key, same embeddings, labels and sides. */
  keyOf(rows: TrainingRows, augmentation: Augmentation): string;
  /** The worker that held the data may be gone. */
  forget(): void;
}

type Tools = Pick<SliceTools, 'get' | 'services' | 'embedder' | 'augmenter'>;

export function createTrainingData(tools: Tools): TrainingData {
  const { get, services, embedder } = tools;
  let loadedKey: string | null = null;

  function keyOf(rows: TrainingRows, { copies, kinds }: Augmentation): string {
    // A head that goes on knows classes without photos, which the fingerprint does not.
    const names = rows.classes.map((info) => info.id).join(' ');
    const weights = embedder.source?.weightsSha256 ?? '';
    const key = `${rows.fingerprint}|${names}|${weights}|${get().fit}`;
    return copies === 0 ? key : `${key}|${augmentationCode(kinds)} ${String(copies)}`;
  }

  /** Photos, then the copies of those on the training side (see `withCopies`). */
  async function readEmbeddings(
    rows: TrainingRows,
    augmentation: Augmentation,
    signal: AbortSignal,
  ): Promise<Float32Array> {
    if (augmentation.copies === 0) return embedder.read(rows.photos);
    const augmenter = await tools.augmenter();
    const training = Array.from(rows.trainRows, (row) => rows.photos[row]).filter(
      (photo) => photo !== undefined,
    );
    await augmenter.ensure(training, augmentation, signal);
    const ofPhotos = await embedder.read(rows.photos);
    const ofCopies = await augmenter.read(training, augmentation);
    return joinFloats([ofPhotos, ofCopies]);
  }

  return {
    async ensure(rows, augmentation, signal) {
      const dataKey = keyOf(rows, augmentation);
      if (loadedKey === dataKey) return dataKey;
      const dim = embedder.source?.width ?? 0;
      const embeddings = await readEmbeddings(rows, augmentation, signal);
      const { labels, trainRows, validationRows, count } = withCopies(rows, augmentation.copies);
      const classCount = rows.classes.length;
      await services.engine.loadTrainingData(
        { dataKey, embeddings, count, dim, labels, classCount, trainRows, validationRows },
        signal,
      );
      loadedKey = dataKey;
      return dataKey;
    },
    keyOf,
    forget() {
      loadedKey = null;
    },
  };
}
