// The agent of the night measurement as a program.

import night from './night-rounds.mjs';

await night(process.env);
