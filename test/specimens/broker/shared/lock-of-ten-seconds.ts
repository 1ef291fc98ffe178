// Sick of one thing: its lock lasts ten seconds, which the token endpoint needs on a good day only.

import { broker } from './broker.ts';

export default broker({ leaseMs: 10_000 });
