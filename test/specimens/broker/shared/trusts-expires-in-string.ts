// Sick of one thing: a lifetime is added to the clock as it comes, and a string is not added but appended.

import { broker } from './broker.ts';

export default broker({
  expiresAtMs: (expiresIn, nowMs) =>
    expiresIn === null ? null : (Math.floor(nowMs / 1000) + (expiresIn as number)) * 1000,
});
