/**
 * The map of all photos as it was drawn last, kept beside the store while other views are open, and
 * what the model in use answers for each photo on it.
 */
import { headProbabilities } from '../../domain/head-forward.ts';
import type { HeadWeights } from '../../domain/head.ts';
import { answerOf } from '../../domain/occlusion.ts';
import { placeOnMap, type MapMethod, type PhotoMap } from '../../domain/photo-map.ts';
import type { Photo, PhotoId } from '../../domain/photo.ts';
import type { SliceTools } from '../slice-tools.ts';

export interface KeptMap {
  readonly map: PhotoMap;
  /** Photo of each row of the map. */
  readonly ids: readonly PhotoId[];
  readonly rowOf: ReadonlyMap<PhotoId, number>;
  /** Project, backbone and fit that the map is of. */
  readonly space: string;
  /** Photos that came later, on the same map. */
  readonly placed: Map<PhotoId, readonly [number, number]>;
  /** Class id answered for each photo by `head`. */
  readonly answers: Map<PhotoId, string>;
  head: HeadWeights | null;
}

export interface PhotoMapKeeper {
  kept: KeptMap | null;
}

/** Always the same: the same photos give the same map. */
const MAP_SEED = 20_180_209;
const CHUNK_PHOTOS = 100;

type Tools = Pick<SliceTools, 'get' | 'services' | 'embedder'>;

/** Names the project and the space its embeddings live in; null while there is no backbone. */
export function embeddingSpace({ get, embedder }: Tools): string | null {
  const { source } = embedder;
  return source === null ? null : `${get().projectId} ${source.weightsSha256} ${get().fit}`;
}

/** Photos that have an embedding, in the order of the project. */
export function mappablePhotos({ get, embedder }: Tools): readonly Photo[] {
  return [...get().photos.values()].filter((photo) => embedder.isEmbedded(photo));
}

/** @throws EngineError ('aborted' when cancelled), or Error when an embedding is gone. */
export async function drawPhotoMap(
  tools: Tools,
  method: MapMethod,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<KeptMap | null> {
  const space = embeddingSpace(tools);
  const photos = mappablePhotos(tools);
  const dim = tools.embedder.source?.width;
  if (space === null || dim === undefined || photos.length === 0) return null;
  const embeddings = await tools.embedder.read(photos);
  const map = await tools.services.engine.projectMap(
    { embeddings, count: photos.length, dim, method, seed: MAP_SEED },
    onProgress,
    signal,
  );
  const ids = photos.map((photo) => photo.id);
  const rowOf = new Map(ids.map((id, row) => [id, row]));
  return { map, ids, rowOf, space, placed: new Map(), answers: new Map(), head: null };
}

/**
 * Places photos that came after the map, and asks the head about every photo it has not answered for.
 * In chunks, so that the screen stays free; `onChunk` is called after each. Resolves at once when
 * nothing is missing.
 */
export async function completeMap(
  tools: Tools,
  kept: KeptMap,
  run: { readonly head: HeadWeights; readonly classIds: readonly string[] } | null,
  onChunk: () => void,
  signal: AbortSignal,
): Promise<void> {
  if (kept.space !== embeddingSpace(tools)) return;
  const head = run?.head.inputDim === kept.map.axes.dim ? run.head : null;
  if (kept.head !== head) {
    kept.answers.clear();
    kept.head = head;
  }
  const isMissing = ({ id }: Photo): boolean =>
    (!kept.rowOf.has(id) && !kept.placed.has(id)) || (head !== null && !kept.answers.has(id));
  const missing = mappablePhotos(tools).filter(isMissing);
  const { dim } = kept.map.axes;
  for (let from = 0; from < missing.length; from += CHUNK_PHOTOS) {
    const chunk = missing.slice(from, from + CHUNK_PHOTOS);
    const embeddings = await tools.embedder.read(chunk);
    if (signal.aborted) return;
    const probabilities = head === null ? null : headProbabilities(head, embeddings, chunk.length);
    chunk.forEach(({ id }, i) => {
      if (!kept.rowOf.has(id)) {
        kept.placed.set(id, placeOnMap(kept.map, embeddings.slice(i * dim, (i + 1) * dim)));
      }
      if (head === null || probabilities === null) return;
      const own = probabilities.subarray(i * head.classCount, (i + 1) * head.classCount);
      kept.answers.set(id, run?.classIds[answerOf(own).classIndex] ?? '');
    });
    onChunk();
    // Lets the screen draw between two chunks.
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
