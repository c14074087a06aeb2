/** Two small pictures of the loss curves, side by side: with little of something, and with much of it. */
import type { CurveSketch } from '../../domain/curve-sketch.ts';
import styles from './curve-sketch.module.css';

const WIDTH = 120;
const HEIGHT = 72;
const MARGIN = 4;

export interface CurveSketchPairProps {
  readonly pair: readonly [CurveSketch, CurveSketch];
  /** Under the pictures. */
  readonly captions: readonly [string, string];
  /** For those who do not see them. */
  readonly label: string;
}

export function CurveSketchPair({ pair, captions, label }: CurveSketchPairProps) {
  return (
    <div role="img" aria-label={label} className={styles.pair}>
      {pair.map((sketch, i) => (
        <div key={captions[i]} className={styles.half}>
          <Drawing sketch={sketch} />
          <span className={styles.caption}>{captions[i]}</span>
        </div>
      ))}
    </div>
  );
}

function Drawing({ sketch }: { readonly sketch: CurveSketch }) {
  const stopX = sketch.stop === null ? null : xOf(sketch.stop);
  return (
    <svg
      viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
      className={styles.drawing}
      aria-hidden="true"
    >
      <path
        className={styles.axis}
        d={`M${String(MARGIN)} ${String(MARGIN)}V${String(HEIGHT - MARGIN)}H${String(WIDTH - MARGIN)}`}
      />
      {stopX !== null && (
        <path
          className={styles.stop}
          d={`M${String(stopX)} ${String(MARGIN)}V${String(HEIGHT - MARGIN)}`}
        />
      )}
      <path className={styles.training} d={pathOf(sketch.train)} />
      <path className={styles.validation} d={pathOf(sketch.validation)} />
    </svg>
  );
}

function xOf(share: number): number {
  return Math.round((MARGIN + share * (WIDTH - 2 * MARGIN)) * 10) / 10;
}

function pathOf(losses: readonly number[]): string {
  const last = Math.max(1, losses.length - 1);
  return losses
    .map((loss, i) => {
      const y = HEIGHT - MARGIN - loss * (HEIGHT - 2 * MARGIN);
      return `${i === 0 ? 'M' : 'L'}${String(xOf(i / last))} ${y.toFixed(1)}`;
    })
    .join('');
}
