// What a tenant's portal holds when nothing was seeded: a dozen deals, linked to the Accounts of the tenant's org.

import type { JsonObject } from '../../http.ts';
import { accountIdOf, COMPANIES, domainOf } from '../salesforce/seed.ts';
import { objectIdOf, userIdOf } from './portal.ts';

const DAY_MS = 86_400_000;
const FIRST_CHANGE_MS = Date.parse('2026-01-05T09:00:00.000Z');
const STAGES = ['appointmentscheduled', 'qualifiedtobuy', 'contractsent', 'closedwon'] as const;

/** The objects of a new portal, by collection. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  return {
    deals: COMPANIES.map(({ name }, index) => ({
      id: objectIdOf(tenant, index + 1),
      properties: {
        dealname: `${name}: yearly contract`,
        amount: String(1000 * (index + 1)),
        dealstage: STAGES[index % STAGES.length] ?? STAGES[0],
        pipeline: 'default',
        closedate: '2026-06-30T00:00:00.000Z',
        salesforce_account_id: accountIdOf(tenant, index),
        createdate: dayAfter(index),
        hs_lastmodifieddate: dayAfter(index + 1),
      },
    })),
    contacts: COMPANIES.map(({ name }, index) => ({
      id: objectIdOf(tenant, index + 1),
      properties: {
        email: `purchasing@${domainOf(name)}`,
        firstname: 'Purchasing',
        lastname: name,
        company: name,
        createdate: dayAfter(index),
        lastmodifieddate: dayAfter(index + 1),
      },
    })),
    owners: [
      {
        id: String(userIdOf(tenant)),
        email: `integration@${tenant}.example`,
        firstName: 'Integration',
        lastName: 'User',
        userId: userIdOf(tenant),
        createdAt: dayAfter(0),
        updatedAt: dayAfter(0),
        archived: false,
      },
    ],
  };
}

const dayAfter = (days: number) => new Date(FIRST_CHANGE_MS + days * DAY_MS).toISOString();
