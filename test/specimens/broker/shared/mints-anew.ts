// Sick of one thing: a new token that was refused is exchanged for a newer one.

import { broker } from './broker.ts';

export default broker({ givesTime: (tries, renew) => renew().then(() => tries < 4) });
