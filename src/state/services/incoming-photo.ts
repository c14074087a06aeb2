/** A prepared picture that has a class and a name, and the record that it becomes. */
import type { ClassId, Photo, PhotoId, PhotoOrigin } from '../../domain/photo.ts';
import type { PreparedPhoto } from '../../protocol/intake-messages.ts';

export interface IncomingPhoto extends Omit<PreparedPhoto, 'kind'> {
  readonly classId: ClassId;
  readonly name: string;
  readonly origin: PhotoOrigin;
}

/** In training and a group of its own, until the split and its likeness to others say more. */
export function toPhoto(incoming: IncomingPhoto, id: PhotoId, addedAt: number): Photo {
  const { classId, name, origin, contentHash, imageHash, perceptualHash, width, height, stats } =
    incoming;
  return {
    id,
    classId,
    name,
    side: 'train',
    pinned: false,
    groupId: id,
    contentHash,
    imageHash,
    perceptualHash,
    width,
    height,
    origin,
    addedAt,
    stats,
  };
}
