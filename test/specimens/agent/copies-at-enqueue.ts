// Sick: jobs are put into a queue with a copy of the credentials, and begin with that copy, however old it is by then.

import type { Connection } from './connection.ts';
import { HEALTHY } from './habits.ts';
import { agent } from './overnight.ts';

const JOB_MS = 20 * 60_000;
type Copy = Pick<Connection, 'access' | 'refresh' | 'expiresAtMs'>;
/** The copy that every job in the queue was given, by account, and when the last of them began. */
const queue = new Map<string, { readonly copy: Copy; begunMs: number }>();

export default agent({
  isStale: (connection, nowMs) => {
    const { access, refresh, expiresAtMs } = connection;
    const job = queue.get(connection.account.id) ?? {
      copy: { access, refresh, expiresAtMs },
      begunMs: nowMs,
    };
    queue.set(connection.account.id, job);
    if (nowMs >= job.begunMs + JOB_MS) {
      job.begunMs = nowMs;
      Object.assign(connection, job.copy);
    }
    return HEALTHY.isStale(connection, nowMs);
  },
});
