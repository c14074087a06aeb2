/** The photos as files that other programs read: folders of classes, or a Teachable Machine project. */
import type { ClassInfo, FitMode, Photo, Side } from '../../domain/photo.ts';
import type { Engine } from '../../engine/engine.ts';
import {
  createNameKeeper,
  pictureEnding,
  safeSegment,
  stemOf,
} from '../../formats/safe-file-names.ts';
import {
  MANIFEST_NAME,
  manifestText,
  SAMPLE_SIDE_PX,
  sampleName,
} from '../../formats/teachable-machine.ts';
import type { ZipWriter } from '../../formats/zip-writer.ts';
import type { Storage } from '../../storage/storage.ts';
import { readAhead } from './read-ahead.ts';

export interface ExportJob {
  readonly classes: readonly ClassInfo[];
  readonly photos: readonly Photo[];
  readonly fit: FitMode;
  readonly zip: ZipWriter;
  readonly signal: AbortSignal;
  /** After each photo. */
  readonly onPhoto: () => void;
}

type PictureSource = Pick<Storage, 'getImage'>;

/** A stored picture that is gone is left out: the others still leave. Gives how many were written. */
async function forEachPicture(
  { photos, signal, onPhoto }: ExportJob,
  storage: PictureSource,
  take: (photo: Photo, image: Blob) => Promise<void>,
): Promise<number> {
  let written = 0;
  const images = readAhead(photos, (photo) => storage.getImage(photo.imageHash));
  for await (const { item: photo, value: image } of images) {
    signal.throwIfAborted();
    if (image !== null) {
      await take(photo, image);
      written += 1;
    }
    onPhoto();
  }
  return written;
}

function folderNames(classes: readonly ClassInfo[]): ReadonlyMap<string, string> {
  const unique = createNameKeeper();
  return new Map(classes.map(({ id, name }) => [id, unique(safeSegment(name, 'class'))]));
}

export async function toBytes(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** "class/photo.jpg", or "train/class/photo.jpg"; empty classes leave no folder. */
export async function writeClassFolders(
  job: ExportJob,
  storage: PictureSource,
  bySide: boolean,
): Promise<number> {
  const folders = folderNames(job.classes);
  const keepers = new Map<string, ReturnType<typeof createNameKeeper>>();
  return forEachPicture(job, storage, async (photo, image) => {
    const side: Side | null = bySide ? photo.side : null;
    const folder = `${side === null ? '' : `${side}/`}${folders.get(photo.classId) ?? 'class'}`;
    const unique = keepers.get(folder) ?? createNameKeeper();
    keepers.set(folder, unique);
    const name = unique(safeSegment(stemOf(photo.name), 'photo'), pictureEnding(image.type));
    await job.zip.add(`${folder}/${name}`, await toBytes(image));
  });
}

/** Classes in order, numbered from 0, the manifest last, as the program itself writes them. */
export async function writeTeachableMachine(
  job: ExportJob,
  storage: PictureSource,
  engine: Pick<Engine, 'photoPixels' | 'encodeFrame'>,
): Promise<number> {
  const labels = folderNames(job.classes);
  const order = new Map(job.classes.map(({ id }, i) => [id, i]));
  const place = (photo: Photo): number => order.get(photo.classId) ?? order.size;
  const photos = [...job.photos].sort((a, b) => place(a) - place(b));
  const numbers = new Map<string, number>();
  const written = await forEachPicture({ ...job, photos }, storage, async (photo, image) => {
    const number = numbers.get(photo.classId) ?? 0;
    numbers.set(photo.classId, number + 1);
    const rgb = await engine.photoPixels(image, SAMPLE_SIDE_PX, job.fit, job.signal);
    const frame = await createImageBitmap(toImageData(rgb, SAMPLE_SIDE_PX));
    const jpeg = await engine.encodeFrame(frame, SAMPLE_SIDE_PX, job.signal);
    await job.zip.add(
      sampleName(labels.get(photo.classId) ?? 'class', number),
      await toBytes(jpeg),
    );
  });
  await job.zip.add(MANIFEST_NAME, new TextEncoder().encode(manifestText()));
  return written;
}

/** @param rgb bytes [side, side, 3] */
function toImageData(rgb: Uint8Array, side: number): ImageData {
  const rgba = new Uint8ClampedArray(side * side * 4);
  for (let pixel = 0; pixel < side * side; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      rgba[pixel * 4 + channel] = rgb[pixel * 3 + channel] as number;
    }
    rgba[pixel * 4 + 3] = 255;
  }
  return new ImageData(rgba, side, side);
}
