// Wrong: the main thread's side imports the worker itself.
import '../worker/plain.ts';
export const client = 1;
