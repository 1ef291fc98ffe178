// The moment as the thread of the provider knows it: what the world last said, in whole seconds as the provider counts.

import { wallMs } from '../preload/virtual-now.js';

/** Seconds since the epoch. */
export const nowS = (): number => Math.floor(wallMs() / 1000);
