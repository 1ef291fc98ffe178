// What a Zendesk account holds when nothing was seeded: a few tickets, and the organization behind them.

import type { JsonObject } from '../../http.ts';
import { seededRandomness } from '../../randomness.ts';

const CREATED = '2026-01-05T09:00:00Z';
const SUBJECTS = ['Invoice is wrong', 'Password link is dead', 'Export misses rows'];

/** The id of a tenant's nth record of a kind, the same in every run; the ids of two accounts are apart. */
export const recordIdOf = (what: string, tenant: string, n: number): number =>
  (10_000_000 + Math.floor(seededRandomness(tenant).uniform('zendesk', what) * 90_000_000)) * 1000 + n;

/** The records of a new account, by collection. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  return {
    tickets: SUBJECTS.map((subject, index) => ({
      id: recordIdOf('ticket', tenant, index + 1),
      subject,
      description: subject,
      status: index === 0 ? 'open' : 'new',
      priority: null,
      requester_id: recordIdOf('user', tenant, 1),
      created_at: CREATED,
      updated_at: CREATED,
    })),
    organizations: [{ id: recordIdOf('organization', tenant, 1), name: tenant, created_at: CREATED }],
  };
}
