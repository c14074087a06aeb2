/** Looks at a stored photo with the head in use: read, fitted and embedded as a training photo is. */
import { useEffect, useState } from 'react';
import type { PhotoId } from '../../domain/photo.ts';
import { isMadeOn } from '../../domain/run-backbone.ts';
import type { Run } from '../../domain/run.ts';
import type { App } from '../../state/app-store.ts';
import type { Look } from '../../state/services/close-look.ts';
import { useApp, useAppHandle } from '../../state/use-app.tsx';

export type PhotoLookProblem = 'gone' | 'other-backbone' | 'engine';

export type PhotoLook =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly reason: PhotoLookProblem; readonly again: () => void }
  | {
      readonly status: 'ready';
      readonly look: Look;
      readonly imageUrl: string;
      readonly fileName: string;
      /** Puts more that was found out about this photo in its place. */
      readonly keep: (look: Look) => void;
    };

interface Found {
  readonly key: string;
  readonly look: Look;
  readonly imageUrl: string;
  readonly fileName: string;
}

export function usePhotoLook(photoId: PhotoId, run: Run | null): PhotoLook {
  const app = useAppHandle();
  const [attempt, setAttempt] = useState(0);
  const epoch = useApp((state) => state.lab.chosenEpoch ?? state.lab.ruleEpoch);
  const backbone = useApp((state) =>
    state.backboneStatus.kind === 'ready' ? state.backboneStatus.backboneId : null,
  );
  // Its temperature is fitted again when validation photos come or go.
  const revision = useApp((state) => state.lab.validationRevision);
  const key = [photoId, run?.id, epoch, revision, backbone, attempt].join(' ');
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<{ key: string; reason: PhotoLookProblem } | null>(null);

  useEffect(() => {
    const controller = new AbortController();
    let url: string | null = null;
    void lookAtPhoto(app, photoId, run, controller.signal)
      .then((result) => {
        if (controller.signal.aborted) return;
        if (typeof result === 'string') {
          setProblem({ key, reason: result });
          return;
        }
        url = app.services.createObjectUrl(result.image);
        setFound({ key, look: result.look, imageUrl: url, fileName: result.fileName });
      })
      .catch(() => {
        if (!controller.signal.aborted) setProblem({ key, reason: 'engine' });
      });
    return () => {
      controller.abort();
      if (url === null) return;
      app.services.revokeObjectUrl(url);
      // Else it would be shown again by whoever comes straight back to this photo.
      setFound(null);
    };
  }, [app, photoId, run, key]);

  if (found?.key === key) {
    const keep = (look: Look): void => setFound({ ...found, look });
    return { status: 'ready', ...found, keep };
  }
  if (problem?.key === key) {
    const again = (): void => setAttempt((count) => count + 1);
    return { status: 'failed', reason: problem.reason, again };
  }
  return { status: 'loading' };
}

async function lookAtPhoto(
  { store, services, tools }: App,
  photoId: PhotoId,
  run: Run | null,
  signal: AbortSignal,
): Promise<PhotoLookProblem | { look: Look; image: Blob; fileName: string }> {
  const { photos, backbones, backboneStatus } = store.getState();
  const photo = photos.get(photoId);
  const card = backbones.find((each) => each.id === run?.backboneId);
  const isLoaded = run !== null && backboneStatus.kind === 'ready' && isMadeOn(run, backboneStatus);
  if (card === undefined || !isLoaded) return 'other-backbone';
  const image = photo === undefined ? null : await services.storage.getImage(photo.imageHash);
  if (photo === undefined || image === null) return 'gone';
  const { head, temperature } = tools.answering.headOf(run);
  const pixels = await services.engine.photoPixels(image, card.inputSize, run.fit, signal);
  const seen = await services.engine.explain(pixels, 1, head, signal);
  const { embeddings: embedding, evidence } = seen;
  return {
    look: { pixels, head, temperature, embedding, evidence, occlusion: null },
    image,
    fileName: photo.name,
  };
}
