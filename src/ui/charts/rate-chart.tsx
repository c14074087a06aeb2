/** Loss against the learning rate, on a logarithmic axis, with the rates that matter marked. */
import styles from './rate-chart.module.css';

export interface RateChartProps {
  /** Rising rates. */
  readonly points: readonly {
    readonly rate: number;
    readonly loss: number;
    readonly smoothed: number;
  }[];
  readonly marks: readonly {
    readonly rate: number;
    readonly label: string;
    readonly kind: 'suggestion' | 'other';
  }[];
  /** Says in words what is drawn. */
  readonly label: string;
  readonly axisLabel: string;
}

const WIDTH = 360;
const HEIGHT = 190;
const LEFT = 34;
const RIGHT = 10;
const TOP = 22;
const BOTTOM = 34;

export function RateChart({ points, marks, label, axisLabel }: RateChartProps) {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return null;
  const decades = [Math.log10(first.rate), Math.log10(last.rate)] as const;
  // The break at the end would press everything else flat.
  const highest =
    1.15 * Math.max(first.smoothed, points[Math.floor(points.length / 2)]?.smoothed ?? 0);
  const x = (rate: number): number =>
    LEFT +
    ((Math.log10(rate) - decades[0]) / Math.max(1e-9, decades[1] - decades[0])) *
      (WIDTH - LEFT - RIGHT);
  const y = (loss: number): number =>
    TOP + (1 - Math.min(1.08, loss / highest)) * (HEIGHT - TOP - BOTTOM);
  const path = (value: (point: RateChartProps['points'][number]) => number): string =>
    points
      .map(
        (point, i) =>
          `${i === 0 ? 'M' : 'L'}${x(point.rate).toFixed(1)} ${y(value(point)).toFixed(1)}`,
      )
      .join('');
  const ticks: number[] = [];
  for (let d = Math.ceil(decades[0]); d <= Math.floor(decades[1] + 1e-9); d++) ticks.push(d);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
      className={styles.chart}
    >
      {ticks.map((d) => (
        <g key={d} className={styles.tick}>
          <line x1={x(10 ** d)} x2={x(10 ** d)} y1={TOP} y2={HEIGHT - BOTTOM} />
          <text x={x(10 ** d)} y={HEIGHT - BOTTOM + 13} textAnchor="middle">
            {tickText(d)}
          </text>
        </g>
      ))}
      {[0, 0.5, 1].map((share) => (
        <g key={share} className={styles.tick}>
          <line x1={LEFT} x2={WIDTH - RIGHT} y1={y(share * highest)} y2={y(share * highest)} />
          <text x={LEFT - 4} y={y(share * highest) + 4} textAnchor="end">
            {(share * highest).toPrecision(2)}
          </text>
        </g>
      ))}
      <text
        className={styles.axis}
        x={(LEFT + WIDTH - RIGHT) / 2}
        y={HEIGHT - 5}
        textAnchor="middle"
      >
        {axisLabel}
      </text>
      <path className={styles.raw} d={path(({ loss }) => loss)} />
      <path className={styles.smoothed} d={path(({ smoothed }) => smoothed)} />
      {marks.map(({ rate, label: text, kind }, i) => (
        <g key={text} className={styles.mark} data-kind={kind}>
          <line x1={x(rate)} x2={x(rate)} y1={TOP - 6} y2={HEIGHT - BOTTOM} />
          <text x={Math.min(WIDTH - 60, Math.max(LEFT + 2, x(rate) + 3))} y={i === 0 ? 10 : 20}>
            {text}
          </text>
        </g>
      ))}
    </svg>
  );
}

function tickText(decade: number): string {
  return decade < -3 ? `1e${String(decade)}` : String(10 ** decade);
}
