// Sick of one thing: it renews ahead of the end, and always by the same time.

import { broker } from './broker.ts';

export default broker({ renewAtMs: (_nowMs, expiresAtMs) => expiresAtMs - 5 * 60_000 });
