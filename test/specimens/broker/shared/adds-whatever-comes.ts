// Sick of one thing: a lifetime that is nothing, or less, is a lifetime to it, and the token over when it comes.

import { broker } from './broker.ts';

export default broker({
  expiresAtMs: (expiresIn, nowMs) => (expiresIn === null ? null : nowMs + Number(expiresIn) * 1000),
});
