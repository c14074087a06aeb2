// Wrong: layer.
import '../engine/other.ts';
export const train = 1;
