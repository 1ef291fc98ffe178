// Sick of one thing: a token that its wall clock calls alive was not refused for its age, so its grant must be over.

import { HEALTHY, Refused, type RefusedCall } from './habits.ts';
import { agent } from './overnight.ts';

const isAlive = ({ connection: { expiresAtMs } }: RefusedCall) =>
  expiresAtMs !== null && Date.now() < expiresAtMs;

export default agent({
  isStale: ({ expiresAtMs }, nowMs) => expiresAtMs !== null && nowMs >= expiresAtMs,
  heal: async (call) => {
    if (isAlive(call)) HEALTHY.bury(call.connection, 'refused alive'); // healed: // The clock may be wrong.
    if (call.connection.dead !== null) throw new Refused(call.connection.dead);
    return HEALTHY.heal(call);
  },
});
