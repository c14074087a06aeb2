// Wrong: layer.
import '../storage/database.ts';
export const read = 1;
