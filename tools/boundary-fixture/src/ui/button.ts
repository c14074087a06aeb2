// State is below ui.
import '../state/slice.ts';
export const button = 1;
