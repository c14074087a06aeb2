/**
 * A camera stream for as long as it is wanted: which cameras there are, which is chosen, what went
 * wrong. The stream is stopped when the component goes or the page is hidden for good.
 */
import { useCallback, useEffect, useRef, useState } from 'react';

export type CameraProblem = 'denied' | 'none' | 'busy' | 'insecure' | 'failed';

export interface CameraChoice {
  readonly deviceId: string;
  readonly label: string;
}

export interface Camera {
  readonly status: 'off' | 'starting' | 'on' | 'failed';
  readonly problem: CameraProblem | null;
  readonly cameras: readonly CameraChoice[];
  readonly deviceId: string | null;
  /** Attach to the preview `<video>`. */
  readonly attachVideo: (element: HTMLVideoElement | null) => void;
  start(deviceId?: string): void;
  stop(): void;
  /** The picture stands still; the camera goes on. */
  readonly isFrozen: boolean;
  freeze(isFrozen: boolean): void;
  /**
   * The current frame, unmirrored, given so many quarter turns clockwise; null while the camera has
   * none. The caller closes it.
   */
  grab(turns?: number): Promise<ImageBitmap | null>;
}

/** Enough for every backbone and small enough for a weak laptop. */
const WANTED_WIDTH_PX = 640;

export function useCamera(): Camera {
  const [status, setStatus] = useState<Camera['status']>('off');
  const [problem, setProblem] = useState<CameraProblem | null>(null);
  const [cameras, setCameras] = useState<readonly CameraChoice[]>([]);
  const [deviceId, setDeviceId] = useState<string | null>(null);
  const [isFrozen, setFrozen] = useState(false);
  const stream = useRef<MediaStream | null>(null);
  const video = useRef<HTMLVideoElement | null>(null);
  /** Bumped by start and stop, so that a slow permission prompt cannot turn a closed camera on. */
  const ticket = useRef(0);

  const release = useCallback(() => {
    for (const track of stream.current?.getTracks() ?? []) track.stop();
    stream.current = null;
    if (video.current !== null) video.current.srcObject = null;
  }, []);

  const stop = useCallback(() => {
    ticket.current += 1;
    release();
    setStatus('off');
  }, [release]);

  const attachVideo = useCallback((element: HTMLVideoElement | null) => {
    video.current = element;
    if (element !== null) element.srcObject = stream.current;
  }, []);

  const start = useCallback(
    (wanted?: string) => {
      const mine = ++ticket.current;
      release();
      setFrozen(false);
      setStatus('starting');
      setProblem(null);
      openStream(wanted)
        .then(async (opened) => {
          if (mine !== ticket.current) {
            for (const track of opened.getTracks()) track.stop();
            return;
          }
          stream.current = opened;
          if (video.current !== null) video.current.srcObject = opened;
          setDeviceId(opened.getVideoTracks()[0]?.getSettings().deviceId ?? wanted ?? null);
          setStatus('on');
          // Labels are only readable once permission is given.
          setCameras(await listCameras());
        })
        .catch((error: unknown) => {
          if (mine !== ticket.current) return;
          setProblem(problemOf(error));
          setStatus('failed');
        });
    },
    [release],
  );

  const freeze = useCallback((wanted: boolean) => {
    setFrozen(wanted);
    if (wanted) video.current?.pause();
    // Refused when the stream ends meanwhile; then there is nothing to go on with.
    else void video.current?.play().catch(() => undefined);
  }, []);

  const grab = useCallback(async (turns = 0) => {
    const element = video.current;
    if (element === null || element.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return null;
    if (turns !== 0) return turned(element, turns);
    return createImageBitmap(element).catch(() => null);
  }, []);

  useEffect(
    () => () => {
      ticket.current += 1;
      release();
    },
    [release],
  );

  return {
    status,
    problem,
    cameras,
    deviceId,
    attachVideo,
    start,
    stop,
    isFrozen,
    freeze,
    grab,
  };
}

function turned(video: HTMLVideoElement, turns: number): ImageBitmap | null {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0 || height === 0) return null;
  const isUpright = turns % 2 === 0;
  const canvas = new OffscreenCanvas(isUpright ? width : height, isUpright ? height : width);
  const context = canvas.getContext('2d');
  if (context === null) return null;
  context.translate(canvas.width / 2, canvas.height / 2);
  context.rotate((turns * Math.PI) / 2);
  context.drawImage(video, -width / 2, -height / 2);
  return canvas.transferToImageBitmap();
}

class InsecureContextError extends Error {}

function openStream(deviceId: string | undefined): Promise<MediaStream> {
  // On a plain-http address browsers leave `mediaDevices` out altogether, whatever the types say.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) return Promise.reject(new InsecureContextError());
  const choice = deviceId === undefined ? {} : { deviceId: { exact: deviceId } };
  return devices.getUserMedia({
    audio: false,
    video: { width: { ideal: WANTED_WIDTH_PX }, ...choice },
  });
}

async function listCameras(): Promise<readonly CameraChoice[]> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  return devices
    .filter((device) => device.kind === 'videoinput')
    .map(({ deviceId, label }) => ({ deviceId, label }));
}

function problemOf(error: unknown): CameraProblem {
  if (error instanceof InsecureContextError) return 'insecure';
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied';
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return 'none';
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy';
  return 'failed';
}
