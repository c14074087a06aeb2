/**
 * The script of the exported web page: opens what the page carries, checks itself on the golden
 * pictures, then answers about photos and the camera. Runs from disk, without a network.
 */
import { openParts, type Answer, type Predictor } from './predictor.ts';

const part = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no part "${id}"`);
  return found;
};
const { words } = JSON.parse(part('content').textContent) as {
  readonly words: Readonly<Record<string, string>>;
};
const word = (key: string): string => words[key] ?? key;

const MOST_ROWS = 20;

/** Told in the words of the studio's screen. */
function say({ classes, withheld }: Answer): void {
  const [top] = classes;
  part('answer').textContent = withheld === null ? (top?.name ?? '') : word(withheld);
  part('why').textContent =
    withheld === null || top === undefined
      ? ''
      : word(`withheld-${withheld}`)
          .replace('{name}', () => top.name)
          .replace('{percent}', () => percentOf(top.probability));
}

const percentOf = (probability: number): string => `${(100 * probability).toFixed(1)} %`;

function show(answer: Answer, ms: number): void {
  const { classes } = answer;
  say(answer);
  const rows = classes.slice(0, MOST_ROWS).map(({ name, probability }) => {
    const row = document.createElement('li');
    const label = document.createElement('span');
    label.textContent = name;
    label.dir = 'auto';
    const bar = document.createElement('meter');
    bar.value = probability;
    bar.setAttribute('aria-hidden', 'true');
    const percent = document.createElement('span');
    percent.textContent = percentOf(probability);
    row.dataset['probability'] = String(probability);
    row.append(label, bar, percent);
    return row;
  });
  part('bars').replaceChildren(...rows);
  part('rate').textContent = `${ms.toFixed(0)} ms`;
}

async function start(): Promise<void> {
  document.title = word('title');
  const model = await openParts((id) => part(id).textContent);
  const { largestDifference, isEqual } = await model.checkSelf();
  const check = part('check');
  check.textContent = `${word(isEqual ? 'same' : 'different')} (${largestDifference.toExponential(1)}, ${model.backend})`;
  check.dataset['difference'] = String(largestDifference);
  check.dataset['state'] = isEqual ? 'right' : 'wrong';
  connect(model);
  document.documentElement.dataset['ready'] = 'true';
}

function connect(model: Predictor): void {
  let ticket = 0;
  const answer = async (picture: Blob | HTMLVideoElement): Promise<void> => {
    const mine = ++ticket;
    const begun = performance.now();
    const result = await model.predict(picture);
    if (mine === ticket) show(result, performance.now() - begun);
  };
  const take = async (file: Blob | undefined): Promise<void> => {
    if (file === undefined) return;
    stopCamera();
    try {
      await draw(file);
      await answer(file);
    } catch {
      part('answer').textContent = word('unreadable');
      part('why').textContent = '';
      part('bars').replaceChildren();
    }
  };
  const input = part('file') as HTMLInputElement;
  input.addEventListener('change', () => void take(input.files?.[0]));
  part('choose').addEventListener('click', () => {
    input.click();
  });
  document.addEventListener('dragover', (event) => {
    event.preventDefault();
  });
  document.addEventListener('drop', (event) => {
    event.preventDefault();
    void take(event.dataTransfer?.files[0]);
  });
  document.addEventListener('paste', (event) => void take(event.clipboardData?.files[0]));
  const stopCamera = connectCamera(answer);
}

const LONGEST_SHOWN_PX = 960;

async function draw(file: Blob): Promise<void> {
  const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const canvas = part('picture') as HTMLCanvasElement;
  const scale = Math.min(1, LONGEST_SHOWN_PX / Math.max(bitmap.width, bitmap.height));
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.hidden = false;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
}

function connectCamera(answer: (video: HTMLVideoElement) => Promise<void>): () => void {
  const video = part('video') as HTMLVideoElement;
  const button = part('camera');
  let stream: MediaStream | null = null;
  const stop = (): void => {
    stream?.getTracks().forEach((track) => {
      track.stop();
    });
    stream = null;
    video.hidden = true;
    button.textContent = word('camera');
  };
  const watch = async (): Promise<void> => {
    while (stream !== null) {
      if (video.videoWidth > 0) await answer(video);
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  };
  button.addEventListener('click', () => {
    if (stream !== null) {
      stop();
      return;
    }
    navigator.mediaDevices
      .getUserMedia({ video: { facingMode: 'environment' } })
      .then(async (opened) => {
        stream = opened;
        video.srcObject = opened;
        video.hidden = false;
        button.textContent = word('camera-stop');
        await video.play();
        await watch();
      })
      .catch(() => {
        part('answer').textContent = word('no-camera');
      });
  });
  return stop;
}

start().catch((error: unknown) => {
  part('check').textContent = `${word('failed')} ${error instanceof Error ? error.message : ''}`;
  part('check').dataset['state'] = 'wrong';
});
