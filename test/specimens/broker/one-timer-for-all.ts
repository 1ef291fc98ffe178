// Sick of one thing: what is due comes all together, when the one timer strikes.

import { broker } from './broker.ts';

const EVERY_MS = 10 * 60_000;

export default broker({
  renewAtMs: (_nowMs, expiresAtMs) => Math.floor((expiresAtMs - 1) / EVERY_MS) * EVERY_MS,
});
