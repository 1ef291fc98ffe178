// Sick of one thing: after trouble at the token endpoint everybody tries again at the full minute.

import { broker } from './broker.ts';

export default broker({ retryAtMs: (nowMs) => Math.ceil((nowMs + 1) / 60_000) * 60_000 });
