import { describe, expect, it } from 'vitest';
import { summariseRun } from '../../domain/run-summary.ts';
import { buildRun } from '../../testing/build-project.ts';
import { nextOrder, NEWEST_FIRST, sortRuns, type SortKey } from './run-order.ts';

function run(id: string, startedAt: number, validationLoss: number | null) {
  const base = buildRun(id, 'p');
  const metrics = base.metrics.map((point) => ({ ...point, validationLoss }));
  return summariseRun({ ...base, name: `Run ${id}`, startedAt, metrics });
}

const runs = [run('2', 3, 0.5), run('10', 1, 0.2), run('1', 2, null), run('3', 4, NaN)];
const order = (key: SortKey, descending: boolean) =>
  sortRuns(runs, { key, descending }).map(({ id }) => id);

describe('sortRuns', () => {
  it('counts in names as people do', () => {
    expect(order('name', false)).toEqual(['1', '2', '3', '10']);
    expect(order('name', true)).toEqual(['10', '3', '2', '1']);
  });
  it('puts runs without a value last either way', () => {
    expect(order('loss', false)).toEqual(['10', '2', '3', '1']);
    expect(order('loss', true)).toEqual(['2', '10', '3', '1']);
  });
  it('leaves equal ones newest first', () => {
    expect(order('backend', false)).toEqual(['3', '2', '1', '10']);
  });
});

describe('nextOrder', () => {
  it('turns around on the second press, and begins with what is looked for', () => {
    expect(nextOrder(NEWEST_FIRST, 'when')).toEqual({ key: 'when', descending: false });
    expect(nextOrder(NEWEST_FIRST, 'accuracy')).toEqual({ key: 'accuracy', descending: true });
    expect(nextOrder(NEWEST_FIRST, 'loss')).toEqual({ key: 'loss', descending: false });
  });
});
