// Wrong: product code imports a test, a file that is not there and Node.
import 'node:fs';
import './plain.test.ts';
import './not-there.ts';
export const usesTest = 1;
