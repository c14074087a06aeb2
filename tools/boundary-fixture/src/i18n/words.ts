// Wrong: layer.
import '../protocol/plain.ts';
export const words = 1;
