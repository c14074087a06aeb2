/**
 * All photos on one plane: photos that the backbone finds alike lie near each other. Made once from
 * embeddings; afterwards new photos are placed on the same map without moving the others.
 */
import { nearestRows, nearestTo } from './nearest-rows.ts';
import { coordinatesOn, principalAxes, type PrincipalAxes } from './principal-axes.ts';
import { umap, umapEpochs } from './umap.ts';

/** `pca`: the two directions in which the photos differ most; `umap`: neighbours stay neighbours. */
export type MapMethod = 'pca' | 'umap';

export interface PhotoMap {
  readonly method: MapMethod;
  readonly count: number;
  /** [count, 2], x and y from 0 to 1; the longer side fills that range. */
  readonly positions: Float32Array;
  /** For placing more photos, and for neighbours: most of what tells the photos apart. */
  readonly axes: PrincipalAxes;
  /** [count, axes.axisCount] */
  readonly coordinates: Float32Array;
  /** Position on the map = raw position × factor + shift. */
  readonly frame: { readonly factor: number; readonly shiftX: number; readonly shiftY: number };
}

const AXES = 30;
const NEIGHBOURS = 15;
/** Of which a new photo's place on a UMAP is the weighted mean. */
const PLACING_NEIGHBOURS = 10;

export interface PhotoMapRequest {
  /** [count, dim] row-major */
  readonly embeddings: Float32Array;
  readonly count: number;
  readonly dim: number;
  readonly method: MapMethod;
  readonly seed: number;
}

/** Yields the share of the work done, 0 to 1. @throws RangeError without photos or for wrong sizes. */
export function* makePhotoMap(request: PhotoMapRequest): Generator<number, PhotoMap> {
  const { embeddings, count, dim, method, seed } = request;
  const parts = method === 'umap' ? { axes: 0.35, nearest: 0.1 } : { axes: 0.9, nearest: 0 };
  const axes = yield* scaled(principalAxes(embeddings, count, dim, AXES, seed), 0, parts.axes);
  const coordinates = yield* scaled(coordinatesOn(axes, embeddings, count), parts.axes, 0.05);
  const flat = firstTwo(coordinates, count, axes.axisCount);
  if (method === 'pca') return { method, count, axes, coordinates, ...framed(flat) };
  const begun = parts.axes + 0.05;
  const nearest = yield* scaled(
    nearestRows(coordinates, count, axes.axisCount, NEIGHBOURS),
    begun,
    parts.nearest,
  );
  const rest = begun + parts.nearest;
  const options = { epochs: umapEpochs(count), seed };
  const raw = yield* scaled(umap(nearest, flat, options), rest, 1 - rest);
  return { method, count, axes, coordinates, ...framed(raw) };
}

/** Where a photo that was not there when the map was made belongs; embedding [dim] → [x, y]. */
export function placeOnMap(map: PhotoMap, embedding: Float32Array): readonly [number, number] {
  const point = runToEnd(coordinatesOn(map.axes, embedding, 1));
  if (map.method === 'pca') {
    const { factor, shiftX, shiftY } = map.frame;
    return [(point[0] ?? 0) * factor + shiftX, (point[1] ?? 0) * factor + shiftY];
  }
  const { indices, distances } = nearestTo(point, map.coordinates, map.count, PLACING_NEIGHBOURS);
  const nearest = distances[0] ?? 0;
  const spread = Math.max((distances.at(-1) ?? 0) - nearest, 1e-9) / 3;
  let x = 0;
  let y = 0;
  let sum = 0;
  indices.forEach((row, n) => {
    const weight = Math.exp(-((distances[n] ?? 0) - nearest) / spread);
    x += weight * (map.positions[2 * row] ?? 0);
    y += weight * (map.positions[2 * row + 1] ?? 0);
    sum += weight;
  });
  return [x / sum, y / sum];
}

/** Rows of the photos most like row `row`, nearest first. */
export function neighboursOnMap(map: PhotoMap, row: number, k: number): readonly number[] {
  const width = map.axes.axisCount;
  const point = map.coordinates.subarray(row * width, (row + 1) * width);
  return [...nearestTo(point, map.coordinates, map.count, k, row).indices];
}

/** Share of what tells the photos apart that the two axes of a `pca` map show. */
export function shownVarianceShare(axes: PrincipalAxes): number {
  if (axes.totalVariance <= 0) return 0;
  return ((axes.variances[0] ?? 0) + (axes.variances[1] ?? 0)) / axes.totalVariance;
}

export function runToEnd<Result>(work: Generator<unknown, Result>): Result {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

function* scaled<Result>(
  work: Generator<number, Result>,
  from: number,
  share: number,
): Generator<number, Result> {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
    yield from + share * step.value;
  }
}

function firstTwo(coordinates: Float32Array, count: number, width: number): Float32Array {
  const flat = new Float32Array(2 * count);
  for (let i = 0; i < count; i++) {
    flat[2 * i] = coordinates[i * width] ?? 0;
    flat[2 * i + 1] = width < 2 ? 0 : (coordinates[i * width + 1] ?? 0);
  }
  return flat;
}

/** Into the unit square, in the middle of its shorter side, without changing proportions. */
function framed(raw: Float32Array): Pick<PhotoMap, 'positions' | 'frame'> {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  raw.forEach((value, i) => {
    low[i % 2] = Math.min(low[i % 2] ?? value, value);
    high[i % 2] = Math.max(high[i % 2] ?? value, value);
  });
  const [left = 0, top = 0] = low;
  const [right = 0, bottom = 0] = high;
  const side = Math.max(right - left, bottom - top);
  const factor = side > 0 ? 1 / side : 1;
  const shiftX = 0.5 - (factor * (left + right)) / 2;
  const shiftY = 0.5 - (factor * (top + bottom)) / 2;
  const positions = raw.map((value, i) => value * factor + (i % 2 === 0 ? shiftX : shiftY));
  return { positions, frame: { factor, shiftX, shiftY } };
}
