/**
 * The photo being tried. It stays while models come and go: every new run answers for it again, and
 * a photo given before there is a model waits for the first one.
 */
import { useCallback, useEffect, useState } from 'react';
import { useApp } from '../../state/use-app.tsx';

export interface TryPhoto {
  readonly file: File;
  /** Of how many given at once this is the first. */
  readonly of: number;
}

export interface TryPhotoControl {
  readonly photo: TryPhoto | null;
  take(files: readonly File[]): void;
  forget(): void;
}

export function useTryPhoto(isUsable: boolean): TryPhotoControl {
  const predictFile = useApp((state) => state.predictFile);
  const clearPrediction = useApp((state) => state.clearPrediction);
  const runId = useApp((state) => state.currentRun?.id ?? null);
  const [photo, setPhoto] = useState<TryPhoto | null>(null);

  useEffect(() => {
    if (photo !== null && isUsable) void predictFile(photo.file, photo.file.name);
  }, [photo, isUsable, runId, predictFile]);

  const take = useCallback((files: readonly File[]) => {
    const file = files[0];
    if (file !== undefined) setPhoto({ file, of: files.length });
  }, []);
  const forget = useCallback(() => {
    setPhoto(null);
    clearPrediction();
  }, [clearPrediction]);
  return { photo, take, forget };
}
