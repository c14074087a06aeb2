/** Asks the embeddings whether near-duplicates by their hash are near-duplicates to the backbone. */
import { cosineDistance, likenessLimit, standApart } from '../../domain/embedding-likeness.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Photo, PhotoId } from '../../domain/photo.ts';
import { createRandom } from '../../domain/random.ts';
import type { AppState } from '../store-types.ts';
import type { Embedder } from './embedder.ts';

/** Read at most; what is beyond is taken on the word of the hash. */
const MOST_PHOTOS = 600;
/** Pairs within a set grow with its square. */
const LARGEST_SET = 40;
const SAMPLE_PHOTOS = 200;
const SAMPLE_PAIRS = 1_000;

/** Photos of the finding's sets that are near none of the others of their set. */
export async function findDoubtful(
  finding: Finding,
  { photos }: Pick<AppState, 'photos'>,
  embedder: Pick<Embedder, 'read' | 'isEmbedded' | 'source'>,
): Promise<ReadonlySet<PhotoId>> {
  const width = embedder.source?.width ?? 0;
  if (width === 0) return new Set();
  const limit = await measureLimit([...photos.values()], embedder, width);
  if (limit === null) return new Set();
  const sets: Photo[][] = [];
  let count = 0;
  for (const ids of finding.sets) {
    if (ids.length > LARGEST_SET || count + ids.length > MOST_PHOTOS) continue;
    sets.push(
      ids.flatMap((id) => photos.get(id) ?? []).filter((each) => embedder.isEmbedded(each)),
    );
    count += ids.length;
  }
  const all = sets.flat();
  const rows = await embedder.read(all);
  const rowOf = new Map(
    all.map((photo, i) => [photo.id, rows.subarray(i * width, (i + 1) * width)]),
  );
  const doubtful = sets.flatMap((set) =>
    standApart(
      set.map((photo) => rowOf.get(photo.id) ?? null),
      limit,
    ).flatMap((place) => set[place]?.id ?? []),
  );
  return new Set(doubtful);
}

/** From pairs of one class that are not in one group. */
async function measureLimit(
  photos: readonly Photo[],
  embedder: Pick<Embedder, 'read' | 'isEmbedded'>,
  width: number,
): Promise<number | null> {
  const random = createRandom(1);
  const chosen = random
    .shuffle([...photos])
    .filter((photo) => embedder.isEmbedded(photo))
    .slice(0, SAMPLE_PHOTOS);
  const rows = await embedder.read(chosen);
  const rowAt = (i: number): Float32Array => rows.subarray(i * width, (i + 1) * width);
  const distances: number[] = [];
  for (let pair = 0; pair < SAMPLE_PAIRS && chosen.length > 1; pair++) {
    const [i, j] = [random.int(chosen.length), random.int(chosen.length)];
    const [a, b] = [chosen[i], chosen[j]];
    if (a === undefined || b === undefined) continue;
    if (a.groupId === b.groupId || a.classId !== b.classId) continue;
    distances.push(cosineDistance(rowAt(i), rowAt(j)));
  }
  return likenessLimit(distances);
}
