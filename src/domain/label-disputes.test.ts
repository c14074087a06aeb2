import { describe, expect, it } from 'vitest';
import { disputedRows, epochsToAsk } from './label-disputes.ts';

describe('disputedRows', () => {
  const sure = [0.05, 0.9, 0.05];
  const unsure = [0.3, 0.4, 0.3];

  it('finds rows whose label is disputed on average, the clearest first', () => {
    const early = Float32Array.from([...sure, ...sure, ...unsure, 0.2, 0.7, 0.1]);
    const late = Float32Array.from([...sure, ...sure, ...sure, 0.2, 0.7, 0.1]);
    // Row 0 is labelled as answered; 1 is not; 2 is only disputed late, 3 less clearly.
    expect(disputedRows([early, late], Int32Array.from([1, 0, 0, 0]), 3)).toEqual([1, 3, 2]);
    expect(disputedRows([early], Int32Array.from([1, 0, 0, 0]), 3)).toEqual([1, 3]);
  });

  it('disputes nothing without answers or where the head is unsure', () => {
    expect(disputedRows([], Int32Array.from([0]), 3)).toEqual([]);
    expect(disputedRows([Float32Array.from(unsure)], Int32Array.from([0]), 3)).toEqual([]);
  });
});

describe('epochsToAsk', () => {
  it('spreads over the epochs up to the last one, which is among them', () => {
    const epochs = Array.from({ length: 50 }, (_, i) => i + 1);
    expect(epochsToAsk(epochs, 20, 4)).toEqual([5, 10, 15, 20]);
    expect(epochsToAsk(epochs, 3, 4)).toEqual([1, 2, 3]);
    expect(epochsToAsk([], 3, 4)).toEqual([]);
  });
});
