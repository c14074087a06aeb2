/**
 * A class column as a target for files from outside and for photos of other classes. Listens on the
 * way down and stops the event, so that neither the page (which takes files for the whole project)
 * nor the list inside takes the same drop again.
 */
import { useRef, useState, type DragEvent } from 'react';
import type { ClassInfo } from '../../domain/photo.ts';
import { useAppHandle } from '../../state/use-app.tsx';
import { outsideClass } from './photo-selection.ts';
import { useRoomActions } from './room-actions.tsx';

export type DropOffer =
  { readonly kind: 'files' } | { readonly kind: 'photos'; readonly count: number };

export function useColumnDrop(info: ClassInfo) {
  const actions = useRoomActions();
  const { store } = useAppHandle();
  const [offer, setOffer] = useState<DropOffer | null>(null);
  // Children fire their own enter and leave; only the outermost pair counts.
  const depth = useRef(0);

  function photosFor(): ReturnType<typeof outsideClass> {
    return outsideClass(actions.dragged(), store.getState().photos, info.id);
  }

  function offerOf(event: DragEvent): DropOffer | null {
    if (actions.dragged().size > 0) {
      const count = photosFor().length;
      return count === 0 ? null : { kind: 'photos', count };
    }
    return event.dataTransfer.types.includes('Files') ? { kind: 'files' } : null;
  }

  function take(event: DragEvent): void {
    event.preventDefault();
    event.stopPropagation();
  }

  const handlers = {
    onDragEnterCapture(event: DragEvent) {
      const offered = offerOf(event);
      if (offered === null) return;
      take(event);
      depth.current += 1;
      setOffer(offered);
    },
    onDragOverCapture(event: DragEvent) {
      const offered = offerOf(event);
      if (offered === null) return;
      take(event);
      event.dataTransfer.dropEffect = offered.kind === 'files' ? 'copy' : 'move';
    },
    onDragLeaveCapture(event: DragEvent) {
      if (offer === null) return;
      event.stopPropagation();
      depth.current = Math.max(0, depth.current - 1);
      if (depth.current === 0) setOffer(null);
    },
    onDropCapture(event: DragEvent) {
      depth.current = 0;
      setOffer(null);
      const offered = offerOf(event);
      if (offered === null) return;
      take(event);
      if (offered.kind === 'photos') {
        actions.movePhotos(photosFor(), info);
        return;
      }
      // Read now: the browser empties the transfer after this handler.
      const reading = actions.capture.filesFromDrop(event.dataTransfer);
      void reading.then((files) => {
        actions.capture.addFiles(files, info.id);
      });
    },
  };
  return { offer, handlers };
}
