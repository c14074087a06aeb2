/**
 * The canvases one picture is drawn on. Kept between pictures of the same size, because allocating
 * them would cost more than drawing. Drawing is synchronous, so they are never shared half-used.
 */

export interface Layer {
  readonly canvas: OffscreenCanvas;
  readonly context: OffscreenCanvasRenderingContext2D;
}

export interface Easel {
  /** Side in pixels of every layer. */
  readonly size: number;
  /** Background and clutter; opaque once the background is painted. */
  readonly scene: Layer;
  /** The picture so far, filled from `scene` by `fixScene`; objects and the camera work on this. */
  readonly plate: ImageData;
  /** Unlit colours of one object, transparent around it. */
  readonly object: Layer;
  /** Fine height of the same object as greys: 128 flat, lighter is nearer to the eye. */
  readonly relief: Layer;
  /** Coarse height of the same object in pixels, [size * size]; `relief` is added to it. */
  readonly height: Float32Array;
  /** Working space for whoever needs it, [size * size] each. */
  readonly spare: readonly [Float32Array, Float32Array];
  /** Working space for one picture's bytes, [size * size * 4]. */
  readonly copy: Uint8ClampedArray;
}

let kept: Easel | null = null;

export function easelOf(size: number): Easel {
  if (kept?.size !== size) {
    kept = {
      size,
      scene: createLayer(size),
      plate: new ImageData(size, size),
      object: createLayer(size),
      relief: createLayer(size),
      height: new Float32Array(size * size),
      spare: [new Float32Array(size * size), new Float32Array(size * size)],
      copy: new Uint8ClampedArray(size * size * 4),
    };
  }
  return kept;
}

/** Takes the painted scene over to the plate: call once, before the first object. */
export function fixScene(easel: Easel): void {
  const { scene, size, plate } = easel;
  plate.data.set(scene.context.getImageData(0, 0, size, size).data);
}

/** Clears the layers of one object: call before painting each. */
export function beginObject(easel: Easel): void {
  const { object, relief, size } = easel;
  resetContext(object.context);
  object.context.clearRect(0, 0, size, size);
  resetContext(relief.context);
  relief.context.fillStyle = 'rgb(128,128,128)';
  relief.context.fillRect(0, 0, size, size);
  easel.height.fill(0);
}

export function createLayer(size: number): Layer {
  const canvas = new OffscreenCanvas(size, size);
  // Pixels are read back several times a picture: keep them in memory, not on the GPU. This also
  // makes the same request give the same bytes, whatever the graphics driver.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser has no 2D canvas in workers');
  return { canvas, context };
}

/** Every property painters touch back to its default. */
export function resetContext(context: OffscreenCanvasRenderingContext2D): void {
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.globalAlpha = 1;
  context.globalCompositeOperation = 'source-over';
  context.shadowColor = 'rgba(0,0,0,0)';
  context.shadowBlur = 0;
  context.shadowOffsetX = 0;
  context.shadowOffsetY = 0;
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.imageSmoothingEnabled = true;
}
