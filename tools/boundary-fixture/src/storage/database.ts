// Wrong: layer.
import '../protocol/plain.ts';
export const database = 1;
