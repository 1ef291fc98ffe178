// Sick of one thing: after trouble at the token endpoint everybody tries again at the full minute.

import { broker } from './broker.ts';

export default broker({
  renewAtMs: (nowMs, expiresAtMs) => nowMs + (expiresAtMs - nowMs) * (0.65 + 0.25 * Math.random()),
  retryAtMs: (nowMs) => Math.ceil((nowMs + 1) / 60_000) * 60_000,
});
