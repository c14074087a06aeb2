/**
 * The peer's side of the comparison, run inside a page that has `tf` and `tmImage` as globals.
 * Follows the library's own order: crop to a square canvas of 224, addExample, train.
 */
export interface PeerTask {
  readonly photos: readonly { readonly url: string; readonly label: number }[];
  readonly labels: readonly string[];
  readonly checkpointUrl: string;
  readonly backend: string | null;
  readonly wasmPath: string | null;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly denseUnits: number;
}

export interface PeerResult {
  readonly backend: string;
  readonly tfjsVersion: string;
  readonly embedMs: number;
  readonly trainMs: number;
  readonly epochEndsMs: readonly number[];
  readonly validationAccuracies: readonly number[];
  readonly longestTaskMs: number;
}

/* The globals the peer's scripts define; only what is used here. */
interface PeerGlobals {
  tf: {
    version: { tfjs?: string; 'tfjs-core'?: string };
    ready?: () => Promise<void>;
    getBackend: () => string;
    setBackend: (name: string) => Promise<boolean> | boolean;
    wasm?: { setWasmPaths: (path: string) => void };
  };
  tmImage: {
    createTeachable: (
      metadata: object,
      options: object,
    ) => Promise<{
      setLabels: (labels: readonly string[]) => void;
      addExample: (label: number, canvas: HTMLCanvasElement) => Promise<unknown>;
      train: (
        parameters: object,
        callbacks: { onEpochEnd: (epoch: number, logs: Record<string, number>) => void },
      ) => Promise<unknown>;
    }>;
  };
}

/** Serialised into the page by Playwright, so it must not refer to anything outside itself. */
export async function runPeer(task: PeerTask): Promise<PeerResult> {
  const { tf, tmImage } = globalThis as unknown as PeerGlobals;
  let longestTaskMs = 0;
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) longestTaskMs = Math.max(longestTaskMs, entry.duration);
  });
  observer.observe({ entryTypes: ['longtask'] });
  if (task.wasmPath !== null) tf.wasm?.setWasmPaths(task.wasmPath);
  if (task.backend !== null) await tf.setBackend(task.backend);
  if (tf.ready !== undefined) await tf.ready();
  const model = await tmImage.createTeachable(
    { labels: task.labels },
    { version: 2, checkpointUrl: task.checkpointUrl, trainingLayer: 'out_relu' },
  );
  model.setLabels(task.labels);
  const load = async (url: string): Promise<HTMLCanvasElement> => {
    const image = new Image();
    image.src = url;
    await image.decode();
    const side = 224;
    const scale = side / Math.min(image.naturalWidth, image.naturalHeight);
    const width = Math.ceil(image.naturalWidth * scale);
    const height = Math.ceil(image.naturalHeight * scale);
    const canvas = document.createElement('canvas');
    canvas.width = side;
    canvas.height = side;
    const left = Math.trunc((width - side) / 2);
    const top = Math.trunc((height - side) / 2);
    canvas.getContext('2d')?.drawImage(image, -left, -top, width, height);
    return canvas;
  };
  const first = task.photos[0];
  // One photo before the clock starts: compiling kernels is not what is compared.
  if (first !== undefined) await model.addExample(first.label, await load(first.url));
  const embedFrom = performance.now();
  for (const photo of task.photos.slice(1)) {
    await model.addExample(photo.label, await load(photo.url));
  }
  const embedMs = performance.now() - embedFrom;
  const epochEndsMs: number[] = [];
  const validationAccuracies: number[] = [];
  const trainFrom = performance.now();
  await model.train(
    {
      denseUnits: task.denseUnits,
      epochs: task.epochs,
      batchSize: task.batchSize,
      learningRate: task.learningRate,
    },
    {
      onEpochEnd: (_epoch, logs) => {
        epochEndsMs.push(performance.now() - trainFrom);
        validationAccuracies.push(logs['val_acc'] ?? NaN);
      },
    },
  );
  const trainMs = performance.now() - trainFrom;
  observer.disconnect();
  return {
    backend: tf.getBackend(),
    tfjsVersion: tf.version.tfjs ?? tf.version['tfjs-core'] ?? '',
    embedMs,
    trainMs,
    epochEndsMs,
    validationAccuracies,
    longestTaskMs,
  };
}
