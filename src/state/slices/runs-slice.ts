/** The runs kept. What is done with them is loaded with its room (services/run-shelf.ts). */
import type { RunsSlice } from '../runs-state.ts';

export function createRunsSlice(): RunsSlice {
  return { runs: { list: [], chosen: [], deleted: null, repeat: { status: 'none' } } };
}
