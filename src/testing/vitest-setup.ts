/**
 * What Node is told before the tests of each file. Up to 96 photos on their way listen to one signal,
 * twice each, and Node warns of a leak from the eleventh listener on; browsers have no such number. A
 * leak that grows with the photos is still noticed.
 */
import { setMaxListeners } from 'node:events';

setMaxListeners(256);
