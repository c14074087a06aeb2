/** The exhibit by keyboard. Letters work wherever the focus is; Space leaves buttons alone. */
import { useEffect, useRef } from 'react';
import { startCounter, stopCounter } from '../../domain/answer-counter.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import { useAppHandle } from '../../state/use-app.tsx';
import type { Camera } from '../../ui/camera/use-camera.ts';
import { useTurn } from './use-turn.ts';

interface ExhibitKey {
  /** What is printed on the key: a letter, or the key of its name. */
  readonly cap: string;
  readonly does: MessageKey;
}

export const EXHIBIT_KEYS: readonly ExhibitKey[] = [
  { cap: 'C', does: 'predict.exhibit-key-camera' },
  { cap: 'N', does: 'predict.exhibit-key-next' },
  { cap: 'predict.exhibit-space', does: 'predict.exhibit-key-freeze' },
  { cap: 'M', does: 'predict.exhibit-key-mirror' },
  { cap: 'R', does: 'predict.exhibit-key-turn' },
  { cap: 'B', does: 'predict.exhibit-key-bars' },
  { cap: 'T', does: 'predict.exhibit-key-count' },
  { cap: 'H', does: 'predict.exhibit-key-hide' },
  { cap: 'predict.exhibit-escape', does: 'predict.exhibit-key-leave' },
];

interface ExhibitActions {
  readonly camera: Camera;
  readonly onLeave: () => void;
  readonly onBars: () => void;
  readonly onKeys: () => void;
}

export function useExhibitKeys(actions: ExhibitActions): void {
  const { store } = useAppHandle();
  const turn = useTurn();
  // The camera is another object at every frame; the listener stays the same.
  const latest = useRef(actions);
  useEffect(() => {
    latest.current = actions;
  });
  useEffect(() => {
    const toggleCounting = (): void => {
      const { counter, setCounter } = store.getState();
      setCounter((counter.isRunning ? stopCounter : startCounter)(counter, Date.now()));
    };
    const does: Readonly<Record<string, () => void>> = {
      c: () => toggleCamera(latest.current.camera),
      n: () => nextCamera(latest.current.camera),
      ' ': () => toggleFrozen(latest.current.camera),
      m: () => {
        const { trySettings, setTrySettings } = store.getState();
        setTrySettings({ isMirrored: !trySettings.isMirrored });
      },
      r: turn,
      b: () => latest.current.onBars(),
      t: toggleCounting,
      h: () => latest.current.onKeys(),
      escape: () => latest.current.onLeave(),
    };
    const pressed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
      const key = event.key.toLowerCase();
      const isButton = event.target instanceof HTMLButtonElement;
      const act = key === ' ' && isButton ? undefined : does[key];
      if (act === undefined) return;
      event.preventDefault();
      act();
    };
    // Before the dialog sees it, which keeps some keys to itself.
    window.addEventListener('keydown', pressed, true);
    return () => {
      window.removeEventListener('keydown', pressed, true);
    };
  }, [store, turn]);
}

function toggleCamera(camera: Camera): void {
  if (camera.status === 'off' || camera.status === 'failed') camera.start();
  else camera.stop();
}

function toggleFrozen(camera: Camera): void {
  if (camera.status === 'on') camera.freeze(!camera.isFrozen);
}

function nextCamera(camera: Camera): void {
  const { cameras, deviceId } = camera;
  if (cameras.length < 2) return;
  const at = cameras.findIndex((each) => each.deviceId === deviceId);
  const next = cameras[(at + 1) % cameras.length];
  if (next !== undefined) camera.start(next.deviceId);
}
