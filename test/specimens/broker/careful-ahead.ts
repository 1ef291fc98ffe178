// Healthy: it renews ahead of the end, each account at a moment of its own.

import { broker } from './broker.ts';

export default broker({
  renewAtMs: (nowMs, expiresAtMs) => nowMs + (expiresAtMs - nowMs) * (0.65 + 0.25 * Math.random()),
});
