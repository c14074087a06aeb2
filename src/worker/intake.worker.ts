/** An intake worker: files, camera frames and sample pictures in, stored images and pixels out. */
import type { IntakeEvent, IntakeRequestMap } from '../protocol/intake-messages.ts';
import { createDispatcher, withTransfer } from './dispatch.ts';
import { augmentedPixels } from './intake/augmented-pixels.ts';
import { checkCanvas } from './intake/canvas-check.ts';
import { createPixelSurface } from './intake/pixel-surface.ts';
import { encodeFrame, preparePhoto } from './intake/prepare-photo.ts';
import { drawSample } from './intake/samples/draw-sample.ts';
import { framePixels, photoPixels } from './intake/square-pixels.ts';

declare const self: DedicatedWorkerGlobalScope;

const surface = createPixelSurface();

const dispatcher = createDispatcher<IntakeRequestMap, IntakeEvent>({
  handlers: {
    'photo/prepare': (request, { signal }) => preparePhoto(surface, request, signal),
    'photo/pixels': async (request, { signal }) => {
      const pixels = await photoPixels(surface, request, signal);
      return withTransfer({ pixels }, [pixels.buffer]);
    },
    'photo/augmented': async (request, { signal }) => {
      const pixels = await augmentedPixels(surface, request, signal);
      return withTransfer({ pixels }, [pixels.buffer]);
    },
    'frame/pixels': (request) => {
      const pixels = framePixels(surface, request);
      return withTransfer({ pixels }, [pixels.buffer]);
    },
    'frame/encode': (request) => encodeFrame(surface, request),
    'sample/draw': async (request) => ({ image: await drawSample(request) }),
    'canvas/check': () => checkCanvas(surface),
  },
  post: (message, transfer) => {
    self.postMessage(message, transfer === undefined ? [] : [...transfer]);
  },
});

self.addEventListener('message', (event: MessageEvent<unknown>) => {
  dispatcher.receive(event.data);
});
dispatcher.ready();
