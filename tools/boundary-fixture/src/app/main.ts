// Wrong: app imports worker internals, and tfjs and the database library outside their layers.
import '@tensorflow/tfjs-core';
import 'idb';
import '../worker/plain.ts';
export const main = 1;
