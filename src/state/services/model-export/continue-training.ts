/** Training that goes on from the head on screen, and what the old classes lost or won by it. */
import { headLogits } from '../../../domain/head-forward.ts';
import type { HeadWeights } from '../../../domain/head.ts';
import type { ClassInfo, Photo } from '../../../domain/photo.ts';
import type { Run } from '../../../domain/run.ts';
import type { ForgettingReport } from '../../model-export-state.ts';
import type { SliceTools } from '../../slice-tools.ts';

/** Null when nothing was trained. */
export async function continueFromHead(tools: SliceTools): Promise<ForgettingReport | null> {
  const { get, timeline } = tools;
  const before = get().currentRun;
  if (before === null) return null;
  const inUse = timeline.headInUse();
  const head = inUse?.runId === before.id ? inUse.head : before.head;
  await get().trainFrom({ run: before, head });
  const after = get().currentRun;
  if (after === null || after.id === before.id) return null;
  return compare(tools, before, head, after);
}

async function compare(
  { get, embedder }: SliceTools,
  before: Run,
  oldHead: HeadWeights,
  after: Run,
): Promise<ForgettingReport> {
  const photos = photosToAsk(before.classes, [...get().photos.values()]);
  const seen = new Set(photos.map((photo) => photo.classId));
  const embeddings = await embedder.read(photos);
  const right = (head: HeadWeights, classes: readonly ClassInfo[]): number => {
    const logits = headLogits(head, embeddings, photos.length);
    return photos.filter((photo, row) => {
      const own = logits.subarray(row * head.classCount, (row + 1) * head.classCount);
      return classes[own.indexOf(Math.max(...own))]?.id === photo.classId;
    }).length;
  };
  return {
    runId: after.id,
    photos: photos.length,
    rightBefore: right(oldHead, before.classes),
    rightAfter: right(after.head, after.classes),
    unseen: before.classes.filter((info) => !seen.has(info.id)).map((info) => info.name),
  };
}

/** Photos of the old classes that were not trained on; of classes without any, those that were. */
function photosToAsk(classes: readonly ClassInfo[], photos: readonly Photo[]): readonly Photo[] {
  return classes.flatMap(({ id }) => {
    const own = photos.filter((photo) => photo.classId === id && photo.side !== 'test');
    const held = own.filter((photo) => photo.side === 'validation');
    return held.length > 0 ? held : own;
  });
}
