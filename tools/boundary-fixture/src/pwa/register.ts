// Wrong: layer.
import '../engine/other.ts';
export const register = 1;
