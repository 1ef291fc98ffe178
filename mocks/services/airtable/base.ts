// A tenant's base and what it holds when nothing was seeded: one table of tasks. Ids are the same in every run.

import type { JsonObject } from '../../http.ts';
import { seededRandomness } from '../../randomness.ts';

/** The only table of a base, by name. */
export const TABLE = 'Tasks';
/** The fields of the table. */
export const FIELDS: readonly string[] = ['Name', 'Status', 'Notes'];

const DAY_MS = 86_400_000;
const FIRST_MS = Date.parse('2026-01-05T09:00:00.000Z');
const NAMES = ['Count the stock', 'Call the printer', 'Close the month'] as const;

const idOf = (prefix: string, tenant: string, what: string) =>
  `${prefix}${seededRandomness(tenant).chars(14, 'airtable', what)}`;

/** The id of a tenant's base. */
export const baseIdOf = (tenant: string): string => idOf('app', tenant, 'base');

/** The id of the table. */
export const tableIdOf = (tenant: string): string => idOf('tbl', tenant, TABLE);

/** The id of a tenant's nth record; those of two tenants are apart. */
export const recordIdOf = (tenant: string, n: number): string => idOf('rec', tenant, `record ${n}`);

/** The id of the user behind an account. */
export const userIdOf = (accountId: string): string => idOf('usr', accountId, 'user');

/** The objects of a new base, by collection. */
export function seed(tenant: string): Record<string, readonly JsonObject[]> {
  return {
    bases: [{ id: baseIdOf(tenant), name: tenant, permissionLevel: 'create' }],
    records: NAMES.map((name, index) => ({
      id: recordIdOf(tenant, index + 1),
      createdTime: new Date(FIRST_MS + index * DAY_MS).toISOString(),
      fields: { Name: name, Status: 'Todo' },
    })),
  };
}
