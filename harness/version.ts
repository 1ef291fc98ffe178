// The version of this package, from its manifest.

import manifest from '../package.json' with { type: 'json' };

/** The version as published, e.g. `0.1.0`. */
export const VERSION: string = manifest.version;
