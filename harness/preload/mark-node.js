// Leaves a mark that a Node process was here: how one learns whether a program can follow the virtual clock.

import { writeFileSync } from 'node:fs';

writeFileSync(/** @type {string} */ (process.env.HOUR4_MARK), '');
