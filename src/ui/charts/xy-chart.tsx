/**
 * A small chart of measured points, lines and bands on two linear axes, drawn as SVG. For shares and
 * counts that do not change while one looks; training curves have `CurveChart`.
 */
import { useId, type ReactNode } from 'react';
import styles from './xy-chart.module.css';

export interface XyPoint {
  readonly x: number;
  readonly y: number;
  /** Ends of the interval around y. */
  readonly low?: number;
  readonly high?: number;
  /** Read out on hover. */
  readonly title?: string;
}

export interface XySeries {
  readonly id: string;
  readonly points: readonly XyPoint[];
  readonly kind: 'line' | 'points' | 'band';
  readonly tone: 'accent' | 'muted' | 'training' | 'validation';
  readonly isDashed?: boolean;
}

export interface XyAxis {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
  readonly show: (value: number) => string;
}

export interface XyChartProps {
  /** Accessible name. */
  readonly title: string;
  /** What it shows, in words. */
  readonly description: string;
  readonly x: XyAxis;
  readonly y: XyAxis;
  readonly series: readonly XySeries[];
  /** A vertical line, e.g. where a dial stands. */
  readonly mark?: number | undefined;
  readonly children?: ReactNode;
}

const WIDTH = 420;
const HEIGHT = 260;
const EDGE = { left: 50, right: 26, top: 10, bottom: 44 };

export function XyChart({ title, description, x, y, series, mark, children }: XyChartProps) {
  const id = useId();
  const toX = (value: number): number =>
    EDGE.left + ((value - x.from) / (x.to - x.from)) * (WIDTH - EDGE.left - EDGE.right);
  const toY = (value: number): number =>
    HEIGHT - EDGE.bottom - ((value - y.from) / (y.to - y.from)) * (HEIGHT - EDGE.top - EDGE.bottom);
  return (
    <figure className={styles.chart}>
      <svg
        viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`}
        role="img"
        aria-labelledby={`${id}-title ${id}-text`}
      >
        <title id={`${id}-title`}>{title}</title>
        <desc id={`${id}-text`}>{description}</desc>
        {y.ticks.map((tick) => (
          <g key={tick}>
            <line
              className={styles.grid}
              x1={EDGE.left}
              x2={WIDTH - EDGE.right}
              y1={toY(tick)}
              y2={toY(tick)}
            />
            <text className={styles.tick} x={EDGE.left - 6} y={toY(tick) + 4} textAnchor="end">
              {y.show(tick)}
            </text>
          </g>
        ))}
        {x.ticks.map((tick) => (
          <text
            key={tick}
            className={styles.tick}
            x={toX(tick)}
            y={HEIGHT - EDGE.bottom + 16}
            textAnchor="middle"
          >
            {x.show(tick)}
          </text>
        ))}
        <text
          className={styles.axis}
          x={(EDGE.left + WIDTH - EDGE.right) / 2}
          y={HEIGHT - 6}
          textAnchor="middle"
        >
          {x.label}
        </text>
        <text
          className={styles.axis}
          transform={`translate(11 ${String((HEIGHT - EDGE.bottom) / 2)}) rotate(-90)`}
          textAnchor="middle"
        >
          {y.label}
        </text>
        {mark !== undefined && (
          <line
            className={styles.mark}
            x1={toX(mark)}
            x2={toX(mark)}
            y1={EDGE.top}
            y2={HEIGHT - EDGE.bottom}
          />
        )}
        {series.map((each) => (
          <Series key={each.id} series={each} toX={toX} toY={toY} />
        ))}
      </svg>
      {children !== undefined && <figcaption className={styles.caption}>{children}</figcaption>}
    </figure>
  );
}

interface SeriesProps {
  readonly series: XySeries;
  readonly toX: (value: number) => number;
  readonly toY: (value: number) => number;
}

function Series({ series, toX, toY }: SeriesProps) {
  const { points, kind, tone, isDashed = false } = series;
  const pathOf = (list: readonly (readonly [number, number])[]): string =>
    list.map(([px, py], i) => `${i === 0 ? 'M' : 'L'}${px.toFixed(1)} ${py.toFixed(1)}`).join('');
  if (kind === 'band') {
    const upper = points.map((p) => [toX(p.x), toY(p.high ?? p.y)] as const);
    const lower = points.map((p) => [toX(p.x), toY(p.low ?? p.y)] as const).reverse();
    return <path className={styles.band} data-tone={tone} d={`${pathOf([...upper, ...lower])}Z`} />;
  }
  if (kind === 'line') {
    return (
      <path
        className={styles.line}
        data-tone={tone}
        data-dashed={isDashed}
        d={pathOf(points.map((p) => [toX(p.x), toY(p.y)] as const))}
      />
    );
  }
  return (
    <g className={styles.points} data-tone={tone}>
      {points.map((p) => (
        <g key={p.x}>
          {p.title !== undefined && <title>{p.title}</title>}
          {p.low !== undefined && p.high !== undefined && (
            <line x1={toX(p.x)} x2={toX(p.x)} y1={toY(p.low)} y2={toY(p.high)} />
          )}
          <circle cx={toX(p.x)} cy={toY(p.y)} r={4} />
        </g>
      ))}
    </g>
  );
}
