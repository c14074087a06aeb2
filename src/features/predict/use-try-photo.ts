/**
 * What is being tried: one photo, which every new run answers for again, or many, which are asked
 * about once. Both wait for the first model when they are given before there is one.
 */
import { useCallback, useEffect, useState } from 'react';
import type { FileToTry } from '../../state/try-state.ts';
import { useApp } from '../../state/use-app.tsx';
import type { DroppedFile } from '../../ui/dropped-files.ts';

export interface TryPhotoControl {
  readonly photo: FileToTry | null;
  /** Given too early; empty once they are being asked about. */
  readonly waiting: readonly FileToTry[];
  /** A file by itself is the photo; several, or a folder, are tried one after the other. */
  take(files: readonly DroppedFile[]): void;
  look(photo: FileToTry | null): void;
  forget(): void;
}

const NONE: readonly FileToTry[] = [];

export function useTryPhoto(isUsable: boolean): TryPhotoControl {
  const predictFile = useApp((state) => state.predictFile);
  const tryMany = useApp((state) => state.tryMany);
  const clearPrediction = useApp((state) => state.clearPrediction);
  const clearTryMany = useApp((state) => state.clearTryMany);
  const runId = useApp((state) => state.currentRun?.id ?? null);
  const [photo, setPhoto] = useState<FileToTry | null>(null);
  const [given, setGiven] = useState(NONE);

  useEffect(() => {
    if (photo !== null && isUsable) void predictFile(photo.file, photo.path);
  }, [photo, isUsable, runId, predictFile]);
  useEffect(() => {
    if (given.length > 0 && isUsable) void tryMany(given);
  }, [given, isUsable, tryMany]);

  const look = useCallback(
    (next: FileToTry | null) => {
      clearPrediction();
      setPhoto(next);
    },
    [clearPrediction],
  );
  const take = useCallback(
    (files: readonly DroppedFile[]) => {
      const [first] = files;
      if (first === undefined) return;
      if (files.length === 1 && first.folder === null) {
        setPhoto(first);
        return;
      }
      look(null);
      setGiven(files);
    },
    [look],
  );
  const forget = useCallback(() => {
    look(null);
    setGiven(NONE);
    clearTryMany();
  }, [look, clearTryMany]);
  return { photo, waiting: isUsable ? NONE : given, take, look, forget };
}
