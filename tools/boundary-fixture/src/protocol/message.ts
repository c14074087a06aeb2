// Wrong: layer.
import '../engine/client.ts';
export const message = 1;
