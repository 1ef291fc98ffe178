// Sick of one thing: it renews a token when a call needs it, and not before.

import { broker } from './broker.ts';

export default broker({ renewAtMs: () => null });
