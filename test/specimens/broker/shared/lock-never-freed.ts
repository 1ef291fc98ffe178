// Sick of one thing: its lock has no lease: it dies with nobody.

import { broker } from './broker.ts';

export default broker({ leaseMs: Number.POSITIVE_INFINITY });
